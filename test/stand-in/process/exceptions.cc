// SPDX-License-Identifier: MIT

#include "stand-in/process/exceptions.h"

#include <windows.h>

#include <atomic>
#include <iterator>

#include "stand-in/process/service_log.h"

namespace dosvc_stand_in {
namespace {

void LogException(const wchar_t* what, const EXCEPTION_RECORD& record) {
  static std::atomic<bool> logging{false};
  // Logging itself raised an exception.
  if (logging.exchange(true)) return;
  wchar_t path[MAX_PATH] = L"no module";
  HMODULE module = nullptr;
  const auto* const address = static_cast<const wchar_t*>(record.ExceptionAddress);
  // For a null address, GetModuleHandleExW would return the program.
  if (address && GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                        GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                                    address,
                                    &module)) {
    GetModuleFileNameW(module, path, static_cast<DWORD>(std::size(path)));
  }
  Log(L"%ls 0x%08lX at %p, in %.200ls", what, record.ExceptionCode, address, path);
  logging = false;
}

// Also logs violations within calls, which RPC handles: it returns a fault to the caller, and the
// process continues.
LONG NTAPI LogViolation(EXCEPTION_POINTERS* exception) {
  if (exception->ExceptionRecord->ExceptionCode == EXCEPTION_ACCESS_VIOLATION) {
    LogException(L"exception", *exception->ExceptionRecord);
  }
  return EXCEPTION_CONTINUE_SEARCH;
}

LONG NTAPI LogUnhandled(EXCEPTION_POINTERS* exception) {
  LogException(L"unhandled exception", *exception->ExceptionRecord);
  return EXCEPTION_CONTINUE_SEARCH;
}

}  // namespace

void LogExceptions() {
  AddVectoredExceptionHandler(TRUE, LogViolation);
  SetUnhandledExceptionFilter(LogUnhandled);
}

}  // namespace dosvc_stand_in

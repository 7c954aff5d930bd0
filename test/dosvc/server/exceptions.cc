// SPDX-License-Identifier: MIT

#include "server/exceptions.h"

#include <windows.h>

#include <atomic>
#include <iterator>

#include "server/service_log.h"

namespace dosvc_stand_in {
namespace {

void LogException(const wchar_t* what, const EXCEPTION_RECORD& record) {
  static std::atomic<bool> logging{false};
  // An exception of the logging itself.
  if (logging.exchange(true)) return;
  wchar_t path[MAX_PATH] = L"no module";
  HMODULE module = nullptr;
  const auto* const address = static_cast<const wchar_t*>(record.ExceptionAddress);
  // Of no address at all it is the program.
  if (address && GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                        GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                                    address,
                                    &module)) {
    GetModuleFileNameW(module, path, static_cast<DWORD>(std::size(path)));
  }
  Log(L"%ls 0x%08lX at %p, in %.200ls", what, record.ExceptionCode, address, path);
  logging = false;
}

// Of a call it carries out, too: RPC answers the caller with a fault, and goes on.
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

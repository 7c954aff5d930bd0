// SPDX-License-Identifier: MIT
//
// How Windows starts and names threads.

#include <windows.h>

#include <process.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

#include "core/thread.h"

namespace dosvc {
namespace {

// The default of Microsoft's linker. The host's may be larger: node.exe reserves 8 MB for each
// thread, and a process of 32 bits has no room for 200 of those.
constexpr unsigned kStackBytes = 1U << 20;

using Body = std::function<void()>;

unsigned __stdcall Run(void* argument) {
  const std::unique_ptr<Body> body(static_cast<Body*>(argument));
  (*body)();
  return 0;
}

}  // namespace

// [any]
bool BeginThread(std::function<void()> body) {
  auto owned = std::make_unique<Body>(std::move(body));
  const auto thread = _beginthreadex(
      nullptr, kStackBytes, Run, owned.get(), STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
  if (thread == 0) return false;
  static_cast<void>(owned.release());
  // The handle comes as a number.
  HANDLE handle = nullptr;
  static_assert(sizeof(handle) == sizeof(thread));
  std::memcpy(&handle, &thread, sizeof(handle));
  CloseHandle(handle);
  return true;
}

// [any] Finds SetThreadDescription at run time: the first versions of Windows 10 lack it.
// https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreaddescription
void NameThread(const char* name) {
  using SetDescription = HRESULT(WINAPI*)(HANDLE, PCWSTR);
  const auto kernel = GetModuleHandleW(L"kernelbase.dll");
  const auto found = kernel != nullptr ? GetProcAddress(kernel, "SetThreadDescription") : nullptr;
  if (found == nullptr) return;
  std::array<wchar_t, 16> wide{};
  for (std::size_t i = 0; i + 1 < wide.size() && name[i] != '\0'; ++i) {
    wide[i] = static_cast<wchar_t>(name[i]);
  }
  const auto set = reinterpret_cast<SetDescription>(reinterpret_cast<void*>(found));
  set(GetCurrentThread(), wide.data());
}

}  // namespace dosvc

// SPDX-License-Identifier: MIT
//
// Asks the service manager about a service, with the rights that every user has.
// https://learn.microsoft.com/windows/win32/services/service-security-and-access-rights

#include <windows.h>

#include <winsvc.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "system/readings.h"

namespace dosvc::system {
namespace {

class Handle {
 public:
  explicit Handle(SC_HANDLE handle) : handle_(handle) {}
  ~Handle() {
    if (handle_ != nullptr) CloseServiceHandle(handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  SC_HANDLE get() const { return handle_; }

 private:
  const SC_HANDLE handle_;
};

}  // namespace

Outcome ReadService(const std::u16string& name) {
  const Handle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  if (manager.get() == nullptr) return FailWith(GetLastError());
  const Handle service(
      OpenServiceW(manager.get(), WideOf(name), SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS));
  if (service.get() == nullptr) return FailWith(GetLastError());
  SERVICE_STATUS status{};
  if (QueryServiceStatus(service.get(), &status) == FALSE) return FailWith(GetLastError());
  // The structure is followed by its texts, 8 KB in all at most.
  std::vector<QUERY_SERVICE_CONFIGW> config(8192 / sizeof(QUERY_SERVICE_CONFIGW));
  const auto size = static_cast<DWORD>(config.size() * sizeof(QUERY_SERVICE_CONFIGW));
  DWORD needed = 0;
  if (QueryServiceConfigW(service.get(), config.data(), size, &needed) == FALSE) {
    return FailWith(GetLastError());
  }
  return Done(Record{{"startType", static_cast<double>(config.front().dwStartType)},
                     {"state", static_cast<double>(status.dwCurrentState)}});
}

}  // namespace dosvc::system

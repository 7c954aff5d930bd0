// SPDX-License-Identifier: MIT

#include "stand-in/process/installation.h"

#include <objbase.h>
#include <windows.h>

#include "stand-in/control/control.h"
#include "stand-in/process/own_path.h"
#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {
namespace {

constexpr wchar_t kApplication[] = L"{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D4}";
constexpr DWORD kStopMilliseconds = 10'000;

class ServiceHandle {
 public:
  explicit ServiceHandle(SC_HANDLE handle) : handle_(handle) {}
  ~ServiceHandle() {
    if (handle_) CloseServiceHandle(handle_);
  }
  ServiceHandle(const ServiceHandle&) = delete;
  ServiceHandle& operator=(const ServiceHandle&) = delete;
  SC_HANDLE get() const { return handle_; }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  const SC_HANDLE handle_;
};

// Clients of 32 bits have a registry view of their own: not of Software\Classes, but of the keys in
// it.
constexpr REGSAM kViews[] = {KEY_WOW64_64KEY, KEY_WOW64_32KEY};

// A key in Software\Classes, which is made if it does not exist.
class ClassesKey {
 public:
  ClassesKey(const std::wstring& key, REGSAM view)
      : error_(RegCreateKeyExW(HKEY_LOCAL_MACHINE,
                               (L"Software\\Classes\\" + key).c_str(),
                               0,
                               nullptr,
                               0,
                               KEY_ALL_ACCESS | view,
                               nullptr,
                               &key_,
                               nullptr)) {}
  ~ClassesKey() {
    if (key_) RegCloseKey(key_);
  }
  ClassesKey(const ClassesKey&) = delete;
  ClassesKey& operator=(const ClassesKey&) = delete;
  HKEY get() const { return key_; }
  long error() const { return error_; }

 private:
  HKEY key_ = nullptr;
  const long error_;
};

long SetText(const std::wstring& key, const wchar_t* name, const std::wstring& value) {
  for (const auto view : kViews) {
    const ClassesKey opened(key, view);
    if (opened.error() != 0) return opened.error();
    const long result = RegSetValueExW(opened.get(),
                                       name,
                                       0,
                                       REG_SZ,
                                       reinterpret_cast<const BYTE*>(value.c_str()),
                                       static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t)));
    if (result != 0) return result;
  }
  return 0;
}

void RemoveKey(const std::wstring& parent, const std::wstring& key) {
  for (const auto view : kViews) RegDeleteTreeW(ClassesKey(parent, view).get(), key.c_str());
}

// Registers or unregisters proxies, as regsvr32 does.
long CallProxies(const std::wstring& path, const char* function) {
  const HMODULE library = LoadLibraryW(path.c_str());
  if (!library) return static_cast<long>(GetLastError());
  const auto call = reinterpret_cast<HRESULT(STDAPICALLTYPE*)()>(
      reinterpret_cast<void*>(GetProcAddress(library, function)));
  const long result = call ? call() : ERROR_PROC_NOT_FOUND;
  FreeLibrary(library);
  return result;
}

long CreateTheService(const Options& options) {
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_ALL_ACCESS));
  if (!manager) return static_cast<long>(GetLastError());
  const std::wstring command =
      L"\"" + OwnPath() + L"\" --class " + options.clsid + L" --store \"" + options.store + L"\"";
  const ServiceHandle known(OpenServiceW(manager.get(), kServiceName, SERVICE_ALL_ACCESS));
  if (known) {
    const BOOL changed = ChangeServiceConfigW(known.get(),
                                              SERVICE_WIN32_OWN_PROCESS,
                                              SERVICE_DEMAND_START,
                                              SERVICE_ERROR_IGNORE,
                                              command.c_str(),
                                              nullptr,
                                              nullptr,
                                              nullptr,
                                              nullptr,
                                              nullptr,
                                              nullptr);
    return changed ? 0 : static_cast<long>(GetLastError());
  }
  const ServiceHandle service(CreateServiceW(manager.get(),
                                             kServiceName,
                                             L"Stand-in for Delivery Optimization",
                                             SERVICE_ALL_ACCESS,
                                             SERVICE_WIN32_OWN_PROCESS,
                                             SERVICE_DEMAND_START,
                                             SERVICE_ERROR_IGNORE,
                                             command.c_str(),
                                             nullptr,
                                             nullptr,
                                             nullptr,
                                             nullptr,
                                             nullptr));
  return service ? 0 : static_cast<long>(GetLastError());
}

}  // namespace

// Registers a single server for all clients, by AppID and LocalService, as the class of the real
// dosvc is registered.
long InstallService(const Options& options) {
  long result = CreateTheService(options);
  if (result == 0) {
    result = SetText(std::wstring(L"AppID\\") + kApplication, L"LocalService", kServiceName);
  }
  for (const auto& clsid : {options.clsid, SpellGuid(kControlClass)}) {
    if (result == 0) result = SetText(L"CLSID\\" + clsid, nullptr, kServiceName);
    if (result == 0) result = SetText(L"CLSID\\" + clsid, L"AppID", kApplication);
  }
  for (const auto& proxies : options.proxies) {
    if (result == 0) result = CallProxies(proxies, "DllRegisterServer");
  }
  return result;
}

long StopService() {
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  if (!manager) return static_cast<long>(GetLastError());
  const ServiceHandle service(
      OpenServiceW(manager.get(), kServiceName, SERVICE_STOP | SERVICE_QUERY_STATUS));
  if (!service) return 0;
  SERVICE_STATUS_PROCESS status = {};
  DWORD needed = 0;
  if (!QueryServiceStatusEx(service.get(),
                            SC_STATUS_PROCESS_INFO,
                            reinterpret_cast<BYTE*>(&status),
                            sizeof(status),
                            &needed) ||
      status.dwCurrentState == SERVICE_STOPPED) {
    return 0;
  }
  const HANDLE process = OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE, FALSE, status.dwProcessId);
  SERVICE_STATUS after = {};
  ControlService(service.get(), SERVICE_CONTROL_STOP, &after);
  if (!process) return 0;
  // The process may be terminated, because the jobs on disk are always up to date.
  if (WaitForSingleObject(process, kStopMilliseconds) != WAIT_OBJECT_0) {
    TerminateProcess(process, 1);
    WaitForSingleObject(process, kStopMilliseconds);
  }
  CloseHandle(process);
  return 0;
}

long UninstallService(const Options& options) {
  const long result = StopService();
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_ALL_ACCESS));
  const ServiceHandle service(OpenServiceW(manager.get(), kServiceName, DELETE));
  if (service) DeleteService(service.get());
  for (const auto& clsid : {options.clsid, SpellGuid(kControlClass)}) RemoveKey(L"CLSID", clsid);
  RemoveKey(L"AppID", kApplication);
  for (const auto& proxies : options.proxies) CallProxies(proxies, "DllUnregisterServer");
  return result;
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "stand-in/process/service_main.h"

#include <objbase.h>
#include <windows.h>

#include "stand-in/com/class_factory.h"
#include "stand-in/control/control.h"
#include "stand-in/process/exceptions.h"
#include "stand-in/process/guardian.h"
#include "stand-in/process/service_log.h"
#include "stand-in/wine/kept_stubs.h"
#include "stand-in/wine/take_up_rpc.h"

namespace dosvc_stand_in {
namespace {

// Globals, because the service manager calls plain functions.
Options the_options;
SERVICE_STATUS_HANDLE the_status = nullptr;
HANDLE to_stop = nullptr;

void Report(DWORD state, HRESULT result = S_OK) {
  SERVICE_STATUS status = {};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0;
  status.dwWin32ExitCode = static_cast<DWORD>(result);
  SetServiceStatus(the_status, &status);
}

DWORD WINAPI Handle(DWORD control, DWORD, void*, void*) {
  switch (control) {
    case SERVICE_CONTROL_STOP:
      Report(SERVICE_STOP_PENDING);
      SetEvent(to_stop);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

HRESULT Register(REFCLSID clsid, Guardian& guardian, std::size_t index) {
  const auto factory = MakeClassFactory([&guardian, index](REFIID iid, void** object) {
    return guardian.CreateInstance(index, iid, object);
  });
  DWORD registration = 0;
  return CoRegisterClassObject(
      clsid, factory.Get(), CLSCTX_LOCAL_SERVER, REGCLS_MULTIPLEUSE, &registration);
}

void WINAPI Main(DWORD, LPWSTR*) {
  to_stop = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  the_status = RegisterServiceCtrlHandlerExW(kServiceName, Handle, nullptr);
  Report(SERVICE_START_PENDING);
  OpenGuardiansLog(the_options.store);
  LogExceptions();
  Log(L"service starts");
  HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  if (SUCCEEDED(hr)) TakeUpRpc();
  // Never deleted: threads and COM use it until the process ends.
  auto& guardian = *new Guardian(the_options.store);
  CLSID clsid = {};
  KeepStubs({IID_IUnknown, IID_IClassFactory});
  if (SUCCEEDED(hr)) hr = CLSIDFromString(the_options.clsid.c_str(), &clsid);
  if (SUCCEEDED(hr)) hr = Register(clsid, guardian, kManagerClassIndex);
  if (SUCCEEDED(hr)) hr = Register(kControlClass, guardian, kControlClassIndex);
  if (FAILED(hr)) {
    Log(L"start of the service failed: 0x%08lX", hr);
    Report(SERVICE_STOPPED, hr);
    return;
  }
  // COM holds activations of the class until the service reports this.
  Log(L"service runs");
  Report(SERVICE_RUNNING);
  WaitForSingleObject(to_stop, INFINITE);
  guardian.End();
  Log(L"service stopped");
  Report(SERVICE_STOPPED);
  TerminateProcess(GetCurrentProcess(), 0);
}

}  // namespace

int RunService(const Options& options) {
  the_options = options;
  wchar_t name[] = L"dosvc-stand-in";
  const SERVICE_TABLE_ENTRYW table[] = {{name, Main}, {nullptr, nullptr}};
  return StartServiceCtrlDispatcherW(table) ? 0 : static_cast<int>(GetLastError());
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "stand-in/process/worker.h"

#include <objbase.h>
#include <unknwn.h>

#include <vector>

#include "downloads/download.h"
#include "downloads/manager.h"
#include "jobs/delivery_optimization.h"
#include "jobs/error.h"
#include "jobs/file.h"
#include "jobs/job.h"
#include "jobs/manager.h"
#include "stand-in/com/class_factory.h"
#include "stand-in/control/control.h"
#include "stand-in/control/control_object.h"
#include "stand-in/control/gathering.h"
#include "stand-in/process/exceptions.h"
#include "stand-in/process/service_log.h"
#include "stand-in/service/manager_object.h"
#include "stand-in/service/service.h"
#include "stand-in/wine/kept_stubs.h"
#include "stand-in/wine/system_process.h"
#include "stand-in/wine/take_up_rpc.h"

namespace dosvc_stand_in {
namespace {

using dosvc::com::ComPtr;
using namespace dosvc::abi;

bool Say(const void* bytes, std::uint32_t size) {
  DWORD written = 0;
  return WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), bytes, size, &written, nullptr) &&
         written == size;
}

HRESULT HandOut(const ComPtr<IClassFactory>& factory) {
  ComPtr<IStream> stream;
  HRESULT hr = CreateStreamOnHGlobal(nullptr, TRUE, stream.GetAddressOf());
  if (FAILED(hr)) return hr;
  hr = CoMarshalInterface(
      stream.Get(), IID_IClassFactory, factory.Get(), MSHCTX_LOCAL, nullptr, MSHLFLAGS_NORMAL);
  if (FAILED(hr)) return hr;
  ULARGE_INTEGER end = {};
  stream->Seek({}, STREAM_SEEK_CUR, &end);
  stream->Seek({}, STREAM_SEEK_SET, nullptr);
  const auto size = static_cast<std::uint32_t>(end.QuadPart);
  std::vector<char> bytes(size);
  ULONG read = 0;
  hr = stream->Read(bytes.data(), size, &read);
  if (FAILED(hr)) return hr;
  return Say(&size, sizeof(size)) && Say(bytes.data(), size) ? S_OK : E_FAIL;
}

}  // namespace

int RunWorker(const std::wstring& store, std::uint32_t gather) {
  BecomeSystemProcess();
  OpenWorkersLog(store);
  LogExceptions();
  HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  if (FAILED(hr)) return hr;
  TakeUpRpc();
  // Never deleted: threads and COM use it until the process ends.
  auto& service = *new Service(store);
  service.Start();
  auto& gathering = *new Gathering(gather);
  const auto managers = MakeClassFactory([&](REFIID iid, void** object) {
    gathering.Join();
    return MakeManagerObject(service)->QueryInterface(iid, object);
  });
  const auto controls = MakeClassFactory([&](REFIID iid, void** object) {
    gathering.Join();
    return MakeControlObject(service)->QueryInterface(iid, object);
  });
  KeepStubs({IID_IUnknown,
             IID_IClassFactory,
             IID_IEnumUnknown,
             kIidOf<IBackgroundCopyManager>,
             kIidOf<IBackgroundCopyJob>,
             kIidOf<IBackgroundCopyJob5>,
             kIidOf<IDeliveryOptimizationJob>,
             kIidOf<IDeliveryOptimizationJob2>,
             kIidOf<IBackgroundCopyError>,
             kIidOf<IEnumBackgroundCopyFiles>,
             kIidOf<IBackgroundCopyFile>,
             kIidOf<IBackgroundCopyFile2>,
             kIidOf<IBackgroundCopyFile5>,
             kIidOf<IDeliveryOptimizationFile>,
             kIidOf<IDeliveryOptimizationFile2>,
             kIidOf<IDOManager>,
             kIidOf<IDODownload>,
             kIidOf<IStandInControl>});
  Log(L"hands out its classes");
  hr = HandOut(managers);
  if (SUCCEEDED(hr)) hr = HandOut(controls);
  if (FAILED(hr)) Log(L"handing out the classes failed: 0x%08lX", hr);
  char byte = 0;
  DWORD read = 0;
  while (SUCCEEDED(hr) && ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &read, nullptr) &&
         read > 0) {
  }
  // The records on disk are always current, so there is no need to wait for clients' calls.
  TerminateProcess(GetCurrentProcess(), static_cast<UINT>(hr));
  return hr;
}

void SayLasting(Lasting what, std::uint32_t value) {
  const LastingValue said = {what, value};
  Say(&said, sizeof(said));
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "stand-in/wine/take_up_rpc.h"

#include <objbase.h>
#include <objidl.h>
#include <windows.h>

#include "com/pointer.h"
#include "downloads/manager.h"
#include "jobs/delivery_optimization.h"
#include "jobs/manager.h"
#include "stand-in/control/control.h"
#include "stand-in/process/service_log.h"
#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

// One interface of each proxy DLL that the process uses.
const IID* const kOneOfEach[] = {
    &IID_IClassFactory,                 // the system's own: streams and enumerators, too
    &kIidOf<IBackgroundCopyManager>,    // BITS'
    &kIidOf<IStandInControl>,           // proxies/control.idl
    &kIidOf<IDeliveryOptimizationJob>,  // proxies/lacking.idl
    &kIidOf<IDOManager>,                // proxies/downloads.idl
};

HRESULT LoadProxies(REFIID iid) {
  CLSID clsid = {};
  const HRESULT hr = CoGetPSClsid(iid, &clsid);
  if (FAILED(hr)) return hr;
  dosvc::com::ComPtr<IPSFactoryBuffer> factory;
  auto* const slot = reinterpret_cast<void**>(factory.GetAddressOf());
  return CoGetClassObject(clsid, CLSCTX_INPROC_SERVER, nullptr, IID_IPSFactoryBuffer, slot);
}

}  // namespace

void TakeUpRpc() {
  NdrOleFree(NdrOleAllocate(1));
  for (const IID* const iid : kOneOfEach) {
    const HRESULT hr = LoadProxies(*iid);
    if (FAILED(hr)) Log(L"no proxy of %ls: 0x%08lX", SpellGuid(*iid).c_str(), hr);
  }
  Log(L"RPC taken up");
}

}  // namespace dosvc_stand_in

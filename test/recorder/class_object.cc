// SPDX-License-Identifier: MIT

#include "class_object.h"

#include <objbase.h>

#include <atomic>
#include <thread>

#include "object.h"
#include "unknown.h"

namespace recorder {
namespace {

std::atomic<std::uint32_t> root{0};

class ClassObject final : public ForEver<IClassFactory> {
 public:
  ClassObject() : ForEver(__uuidof(IClassFactory)) {}

  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown*, REFIID iid, void** pointer) override {
    return Object::Find(root)->Query(iid, pointer);
  }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }
};

}  // namespace

HRESULT RegisterClass(REFCLSID clsid) {
  HRESULT hr = E_UNEXPECTED;
  // On a thread of its own, because JavaScript's thread must not enter an apartment. The usage
  // count keeps the apartment alive after this thread has ended.
  std::thread([&] {
    CO_MTA_USAGE_COOKIE usage = nullptr;
    CoIncrementMTAUsage(&usage);
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    DWORD registration = 0;
    hr = CoRegisterClassObject(clsid,
                               new ClassObject(),
                               CLSCTX_LOCAL_SERVER | CLSCTX_INPROC_SERVER,
                               REGCLS_MULTIPLEUSE,
                               &registration);
    CoUninitialize();
  }).join();
  return hr;
}

void SetRoot(std::uint32_t number) { root = number; }

}  // namespace recorder

// SPDX-License-Identifier: MIT

#include "server/class_factory.h"

#include <utility>

#include "server/object.h"

namespace dosvc_stand_in {

using dosvc::abi::kIidOf;

namespace {

class ClassFactory final : public Object<IClassFactory> {
 public:
  explicit ClassFactory(MakeInstance make) : make_(std::move(make)) {}

  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid, void** object) override {
    return Answer(L"IClassFactory::CreateInstance", [&] {
      if (outer) return CLASS_E_NOAGGREGATION;
      return make_()->QueryInterface(iid, object);
    });
  }
  // The process outlives its clients: it is a service.
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == IID_IClassFactory;
    return known ? static_cast<IClassFactory*>(this) : nullptr;
  }

  const MakeInstance make_;
};

}  // namespace

HRESULT RegisterClass(REFCLSID clsid, MakeInstance make) {
  const auto factory = Make<ClassFactory>(std::move(make));
  DWORD registration = 0;
  return CoRegisterClassObject(
      clsid, factory.Get(), CLSCTX_LOCAL_SERVER, REGCLS_MULTIPLEUSE, &registration);
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "stand-in/com/class_factory.h"

#include <utility>

#include "stand-in/com/object.h"

namespace dosvc_stand_in {

using dosvc::abi::kIidOf;

namespace {

class ClassFactory final : public Object<IClassFactory> {
 public:
  explicit ClassFactory(MakeInstance make) : make_(std::move(make)) {}

  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid, void** object) override {
    return Answer(L"IClassFactory::CreateInstance", [&] {
      if (outer) return CLASS_E_NOAGGREGATION;
      return make_(iid, object);
    });
  }
  // Nothing to lock: the process is a service, and outlives its clients.
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == IID_IClassFactory;
    return known ? static_cast<IClassFactory*>(this) : nullptr;
  }

  const MakeInstance make_;
};

}  // namespace

dosvc::com::ComPtr<IClassFactory> MakeClassFactory(MakeInstance make) {
  dosvc::com::ComPtr<IClassFactory> factory;
  *factory.GetAddressOf() = Make<ClassFactory>(std::move(make)).Detach();
  return factory;
}

}  // namespace dosvc_stand_in

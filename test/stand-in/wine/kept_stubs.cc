// SPDX-License-Identifier: MIT

#include "stand-in/wine/kept_stubs.h"

#include <windows.h>

#include "com/pointer.h"

namespace dosvc_stand_in {
namespace {

// The object behind a stub. No client has a proxy for it, so only IUnknown is ever called.
class Kept final : public IUnknown {
 public:
  explicit Kept(const IID& iid) : iid_(iid) {}
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) override {
    const bool known = iid == IID_IUnknown || iid == iid_;
    *object = known ? this : nullptr;
    return known ? S_OK : E_NOINTERFACE;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return 1; }
  ULONG STDMETHODCALLTYPE Release() override { return 1; }

 private:
  const IID iid_;
};

}  // namespace

void KeepStubs(std::initializer_list<IID> interfaces) {
  for (const IID& iid : interfaces) {
    dosvc::com::ComPtr<IStream> stream;
    if (FAILED(CreateStreamOnHGlobal(nullptr, TRUE, stream.GetAddressOf()))) return;
    auto* const kept = new Kept(iid);
    CoMarshalInterface(stream.Get(), iid, kept, MSHCTX_LOCAL, nullptr, MSHLFLAGS_TABLESTRONG);
  }
}

}  // namespace dosvc_stand_in

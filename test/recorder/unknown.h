// SPDX-License-Identifier: MIT
//
// IUnknown for an object that lives as long as the process does.
#pragma once

#include <unknwn.h>
#include <windows.h>

namespace recorder {

template <typename Interface>
class ForEver : public Interface {
 public:
  explicit ForEver(REFIID iid) : iid_(iid) {}

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) override {
    const bool known = IsEqualIID(iid, __uuidof(IUnknown)) || IsEqualIID(iid, iid_);
    *object = known ? this : nullptr;
    return known ? S_OK : E_NOINTERFACE;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return 2; }
  ULONG STDMETHODCALLTYPE Release() override { return 1; }

 protected:
  ~ForEver() = default;

 private:
  const IID iid_;
};

}  // namespace recorder

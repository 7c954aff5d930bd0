// SPDX-License-Identifier: MIT
//
// DOC: IEnumUnknown, learn.microsoft.com/windows/win32/api/objidl/nn-objidl-ienumunknown

#include "stand-in/downloads/downloads_enumerator.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "stand-in/com/object.h"
#include "stand-in/downloads/download.h"
#include "stand-in/downloads/download_object.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

class DownloadsEnumerator final : public Object<IEnumUnknown> {
 public:
  DownloadsEnumerator(Downloads::List downloads, std::size_t at)
      : downloads_(std::move(downloads)), at_(at) {}

  HRESULT STDMETHODCALLTYPE Next(ULONG celt, IUnknown** rgelt, ULONG* pceltFetched) override {
    return Answer(L"IEnumUnknown::Next", [&] {
      if (!rgelt || (celt != 1 && !pceltFetched)) return E_INVALIDARG;
      const std::size_t first = Advance(celt);
      const std::size_t last = std::min(downloads_.size(), first + celt);
      for (std::size_t i = first; i < last; ++i) {
        rgelt[i - first] = MakeDownloadObject(downloads_[i]).Detach();
      }
      const auto fetched = static_cast<ULONG>(last - first);
      if (pceltFetched) *pceltFetched = fetched;
      return fetched == celt ? S_OK : S_FALSE;
    });
  }
  HRESULT STDMETHODCALLTYPE Skip(ULONG celt) override {
    return Answer(L"IEnumUnknown::Skip",
                  [&] { return downloads_.size() - Advance(celt) >= celt ? S_OK : S_FALSE; });
  }
  HRESULT STDMETHODCALLTYPE Reset() override {
    return Answer(L"IEnumUnknown::Reset", [&] {
      at_ = 0;
      return S_OK;
    });
  }
  HRESULT STDMETHODCALLTYPE Clone(IEnumUnknown** ppenum) override {
    return Answer(L"IEnumUnknown::Clone",
                  [&] { return GiveObject(MakeDownloadsEnumerator(downloads_, at_), ppenum); });
  }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == IID_IEnumUnknown;
    return known ? static_cast<IEnumUnknown*>(this) : nullptr;
  }

  // Advances the position, and returns the previous one.
  std::size_t Advance(ULONG by) {
    std::size_t from = at_;
    while (!at_.compare_exchange_weak(from, std::min(downloads_.size(), from + by))) {
    }
    return from;
  }

  const Downloads::List downloads_;
  std::atomic<std::size_t> at_;
};

}  // namespace

ComPtr<IEnumUnknown> MakeDownloadsEnumerator(Downloads::List downloads, std::size_t at) {
  ComPtr<IEnumUnknown> object;
  *object.GetAddressOf() = Make<DownloadsEnumerator>(std::move(downloads), at).Detach();
  return object;
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT
//
// DOC: IDODownload,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idodownload

#include "stand-in/downloads/download_object.h"

#include <utility>

#include "stand-in/com/object.h"
#include "stand-in/downloads/download.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

class DownloadObject final : public Object<IDODownload> {
 public:
  explicit DownloadObject(std::shared_ptr<Download> download) : download_(std::move(download)) {}
  ~DownloadObject() override {
    if (is_taken_) download_->LetGo();
  }

  void BeTaken() {
    download_->Taken();
    is_taken_ = true;
  }
  // Whether anybody but the caller, which has one reference, uses the object.
  bool IsShared() {
    AddRef();
    return Release() > 1;
  }

  HRESULT STDMETHODCALLTYPE Start(const DO_DOWNLOAD_RANGES_INFO* ranges) override {
    return Answer(L"IDODownload::Start", [&] { return download_->Start(ranges); });
  }
  HRESULT STDMETHODCALLTYPE Pause() override {
    return Answer(L"IDODownload::Pause", [&] { return download_->Pause(); });
  }
  HRESULT STDMETHODCALLTYPE Abort() override {
    return Answer(L"IDODownload::Abort", [&] { return download_->Abort(); });
  }
  HRESULT STDMETHODCALLTYPE Finalize() override {
    return Answer(L"IDODownload::Finalize", [&] { return download_->Finalize(); });
  }
  HRESULT STDMETHODCALLTYPE GetStatus(DO_DOWNLOAD_STATUS* status) override {
    return Answer(L"IDODownload::GetStatus", [&] { return Give(download_->Status(), status); });
  }
  HRESULT STDMETHODCALLTYPE GetProperty(DODownloadProperty propId, VARIANT* propVal) override {
    return Answer(L"IDODownload::GetProperty", [&] {
      if (!propVal) return E_POINTER;
      VariantInit(propVal);
      return download_->GetProperty(propId, propVal);
    });
  }
  HRESULT STDMETHODCALLTYPE SetProperty(DODownloadProperty propId,
                                        const VARIANT* propVal) override {
    return Answer(L"IDODownload::SetProperty", [&] {
      return propVal ? download_->SetProperty(propId, *propVal) : E_INVALIDARG;
    });
  }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == kIidOf<IDODownload>;
    return known ? static_cast<IDODownload*>(this) : nullptr;
  }

  const std::shared_ptr<Download> download_;
  bool is_taken_ = false;  // set while its maker holds a reference
};

}  // namespace

ComPtr<IDODownload> MakeDownloadObject(std::shared_ptr<Download> download) {
  auto made = Make<DownloadObject>(std::move(download));
  made->BeTaken();
  ComPtr<IDODownload> object;
  *object.GetAddressOf() = made.Detach();
  return object;
}

HRESULT LendDownloadObject(std::shared_ptr<Download> download,
                           const std::function<HRESULT(IDODownload*)>& use) {
  const auto object = Make<DownloadObject>(std::move(download));
  const HRESULT hr = use(object.Get());
  if (object->IsShared()) object->BeTaken();
  return hr;
}

}  // namespace dosvc_stand_in

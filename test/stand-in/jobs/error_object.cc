// SPDX-License-Identifier: MIT

#include "stand-in/jobs/error_object.h"

#include <utility>

#include "stand-in/com/hresult.h"
#include "stand-in/com/object.h"
#include "stand-in/jobs/file_object.h"
#include "stand-in/jobs/job.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

class ErrorObject final : public Object<IBackgroundCopyError> {
 public:
  ErrorObject(std::shared_ptr<Job> job, ErrorRecord error)
      : job_(std::move(job)), error_(std::move(error)) {}

  HRESULT STDMETHODCALLTYPE GetError(BG_ERROR_CONTEXT* pContext, HRESULT* pCode) override {
    return Answer(L"IBackgroundCopyError::GetError", [&] {
      if (!pContext || !pCode) return E_POINTER;
      *pContext = error_.context;
      *pCode = InBitsCodes(error_.code);
      return S_OK;
    });
  }
  // DOC: IBackgroundCopyError::GetFile,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyerror-getfile-method
  HRESULT STDMETHODCALLTYPE GetFile(IBackgroundCopyFile** pVal) override {
    return Answer(L"IBackgroundCopyError::GetFile", [&] {
      if (!pVal) return E_POINTER;
      *pVal = nullptr;
      if (!error_.file) return Hresult(DO_E_FILE_NOT_AVAILABLE);
      return GiveObject(MakeFileObject(job_, *error_.file), pVal);
    });
  }
  // Delivery Optimization does not document these three.
  HRESULT STDMETHODCALLTYPE GetErrorDescription(DWORD, LPWSTR*) override {
    return Answer(L"IBackgroundCopyError::GetErrorDescription", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetErrorContextDescription(DWORD, LPWSTR*) override {
    return Answer(L"IBackgroundCopyError::GetErrorContextDescription", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetProtocol(LPWSTR*) override {
    return Answer(L"IBackgroundCopyError::GetProtocol", [] { return E_NOTIMPL; });
  }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == kIidOf<IBackgroundCopyError>;
    return known ? static_cast<IBackgroundCopyError*>(this) : nullptr;
  }

  const std::shared_ptr<Job> job_;
  const ErrorRecord error_;
};

}  // namespace

// DOC: IBackgroundCopyJob::GetError,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-geterror
HRESULT MakeErrorObject(const std::shared_ptr<Job>& job, ComPtr<IBackgroundCopyError>& error) {
  const auto record = job->Look([](const JobRecord& one) {
    const bool in_error =
        one.state == BG_JOB_STATE_ERROR || one.state == BG_JOB_STATE_TRANSIENT_ERROR;
    return in_error ? std::optional(one.error) : std::nullopt;
  });
  if (!record) return Hresult(DO_E_ERROR_INFORMATION_UNAVAILABLE);
  *error.ReleaseAndGetAddressOf() = Make<ErrorObject>(job, *record).Detach();
  return S_OK;
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "server/manager_object.h"

#include <cwchar>

#include "server/hresult.h"
#include "server/job.h"
#include "server/job_object.h"
#include "server/object.h"
#include "server/service.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

constexpr std::size_t kLongestName = 256;

class ManagerObject final : public Object<IBackgroundCopyManager> {
 public:
  explicit ManagerObject(Service& service) : service_(service) {}

  // DOC: IBackgroundCopyManager::CreateJob,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-createjob
  HRESULT STDMETHODCALLTYPE CreateJob(LPCWSTR DisplayName,
                                      BG_JOB_TYPE Type,
                                      GUID* pJobId,
                                      IBackgroundCopyJob** ppJob) override {
    return Answer(L"IBackgroundCopyManager::CreateJob", [&] {
      if (!DisplayName || !pJobId || !ppJob) return E_INVALIDARG;
      if (std::wcslen(DisplayName) > kLongestName || Type != BG_JOB_TYPE_DOWNLOAD) {
        return E_INVALIDARG;
      }
      std::shared_ptr<Job> job;
      const HRESULT hr = service_.CreateJob(DisplayName, job);
      if (FAILED(hr)) return hr;
      *pJobId = job->Look([](const JobRecord& record) { return record.id; });
      return GiveObject(MakeJobObject(job), ppJob);
    });
  }

  // DOC: IBackgroundCopyManager::GetJob,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-getjob
  // The page calls an unknown job's error DO_E_NOT_FOUND and gives no number; DO_E_JOB_NOT_FOUND is
  // what there is.
  HRESULT STDMETHODCALLTYPE GetJob(REFGUID jobID, IBackgroundCopyJob** ppJob) override {
    return Answer(L"IBackgroundCopyManager::GetJob", [&] {
      service_.DropOldJobs();
      const auto job = service_.Find(jobID);
      if (!job) return Hresult(DO_E_JOB_NOT_FOUND);
      if (job->Look([](const JobRecord& record) { return record.foreign; })) return E_ACCESSDENIED;
      return GiveObject(MakeJobObject(job), ppJob);
    });
  }

  // Delivery Optimization does not document these two.
  HRESULT STDMETHODCALLTYPE EnumJobs(DWORD, IEnumBackgroundCopyJobs**) override {
    return Answer(L"IBackgroundCopyManager::EnumJobs", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetErrorDescription(HRESULT, DWORD, LPWSTR*) override {
    return Answer(L"IBackgroundCopyManager::GetErrorDescription", [] { return E_NOTIMPL; });
  }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == kIidOf<IBackgroundCopyManager>;
    return known ? static_cast<IBackgroundCopyManager*>(this) : nullptr;
  }

  Service& service_;
};

}  // namespace

ComPtr<IUnknown> MakeManagerObject(Service& service) {
  ComPtr<IUnknown> object;
  *object.GetAddressOf() = Make<ManagerObject>(service).Detach();
  return object;
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "stand-in/service/manager_object.h"

#include <algorithm>
#include <cwchar>
#include <iterator>

#include "downloads/manager.h"
#include "stand-in/com/hresult.h"
#include "stand-in/com/object.h"
#include "stand-in/control/switches.h"
#include "stand-in/downloads/download.h"
#include "stand-in/downloads/download_object.h"
#include "stand-in/downloads/downloads_enumerator.h"
#include "stand-in/jobs/job.h"
#include "stand-in/jobs/job_object.h"
#include "stand-in/service/service.h"
#include "stand-in/service/windows_build.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

constexpr std::size_t kLongestName = 256;

// DOC: IDOManager::EnumDownloads, category,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-enumdownloads
constexpr DODownloadProperty kCategories[] = {DODownloadProperty_Id,
                                              DODownloadProperty_Uri,
                                              DODownloadProperty_ContentId,
                                              DODownloadProperty_DisplayName,
                                              DODownloadProperty_LocalPath};

class ManagerObject final : public Object<IBackgroundCopyManager, IDOManager> {
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
  // The page names the error for an unknown job DO_E_NOT_FOUND, without a value.
  // DO_E_JOB_NOT_FOUND is the code that exists.
  HRESULT STDMETHODCALLTYPE GetJob(REFGUID jobID, IBackgroundCopyJob** ppJob) override {
    return Answer(L"IBackgroundCopyManager::GetJob", [&] {
      service_.DropOld();
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

  // DOC: IDOManager::CreateDownload,
  // learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-createdownload
  HRESULT STDMETHODCALLTYPE CreateDownload(IDODownload** download) override {
    return Answer(L"IDOManager::CreateDownload", [&] {
      if (!download) return E_POINTER;
      std::shared_ptr<Download> made;
      const HRESULT hr = service_.downloads().Create(made);
      return FAILED(hr) ? hr : GiveObject(MakeDownloadObject(made), download);
    });
  }

  // DOC: IDOManager::EnumDownloads, as above. It fails if there are no downloads: do-client,
  // tests/download_properties_tests.cpp, BasicEnumDownloadsTest.
  HRESULT STDMETHODCALLTYPE EnumDownloads(const DO_DOWNLOAD_ENUM_CATEGORY* category,
                                          IEnumUnknown** ppEnum) override {
    return Answer(L"IDOManager::EnumDownloads", [&] {
      if (!ppEnum) return E_POINTER;
      if (category &&
          std::find(std::begin(kCategories), std::end(kCategories), category->Property) ==
              std::end(kCategories)) {
        return E_INVALIDARG;
      }
      service_.DropOld();
      auto downloads = service_.downloads().All();
      const auto others = std::remove_if(downloads.begin(), downloads.end(), [&](const auto& one) {
        return !one->IsOf(category);
      });
      downloads.erase(others, downloads.end());
      if (downloads.empty()) return Hresult(DO_E_NO_DOWNLOADS);
      return GiveObject(MakeDownloadsEnumerator(std::move(downloads)), ppEnum);
    });
  }

 private:
  void* Find(REFIID iid) override {
    if (iid == kIidOf<IUnknown> || iid == kIidOf<IBackgroundCopyManager>) {
      return static_cast<IBackgroundCopyManager*>(this);
    }
    // DOC: IDOManager, Requirements: Windows 10, version 1809; the service is older,
    // learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idomanager
    if (!HasBuild(k1809) || Switches::Get().no_download_manager) return nullptr;
    return iid == kIidOf<IDOManager> ? static_cast<IDOManager*>(this) : nullptr;
  }

  Service& service_;
};

}  // namespace

ComPtr<IUnknown> MakeManagerObject(Service& service) {
  ComPtr<IUnknown> object;
  IBackgroundCopyManager* const manager = Make<ManagerObject>(service).Detach();
  *object.GetAddressOf() = manager;
  return object;
}

}  // namespace dosvc_stand_in

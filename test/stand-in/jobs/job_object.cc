// SPDX-License-Identifier: MIT

#include "stand-in/jobs/job_object.h"

#include <utility>

#include "stand-in/com/hresult.h"
#include "stand-in/com/variant.h"
#include "stand-in/jobs/add_file.h"
#include "stand-in/jobs/error_object.h"
#include "stand-in/jobs/files_enumerator.h"
#include "stand-in/jobs/job.h"
#include "stand-in/jobs/progress.h"
#include "stand-in/jobs/undocumented_job.h"
#include "stand-in/service/clock.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

// BG_NOTIFY_DISABLE and BG_NOTIFY_FILE_RANGES_TRANSFERRED are "Not supported".
// DOC: IBackgroundCopyJob::SetNotifyFlags,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnotifyflags
// The page of IBackgroundCopyJob::GetNotifyFlags says that BG_NOTIFY_DISABLE is supported; the page
// of the setter takes precedence.
constexpr ULONG kNotifyFlags = 0x1 | 0x2 | 0x8 | 0x10;

class JobObject final : public UndocumentedJob {
 public:
  explicit JobObject(std::shared_ptr<Job> job) : job_(std::move(job)) {}

  HRESULT STDMETHODCALLTYPE EnumFiles(IEnumBackgroundCopyFiles** pEnum) override {
    return Answer(L"IBackgroundCopyJob::EnumFiles",
                  [&] { return GiveObject(MakeFilesEnumerator(job_), pEnum); });
  }
  HRESULT STDMETHODCALLTYPE Suspend() override {
    return Answer(L"IBackgroundCopyJob::Suspend", [&] { return job_->Suspend(); });
  }
  HRESULT STDMETHODCALLTYPE Resume() override {
    return Answer(L"IBackgroundCopyJob::Resume", [&] { return job_->Resume(); });
  }
  HRESULT STDMETHODCALLTYPE Cancel() override {
    return Answer(L"IBackgroundCopyJob::Cancel", [&] { return job_->Cancel(); });
  }
  HRESULT STDMETHODCALLTYPE Complete() override {
    return Answer(L"IBackgroundCopyJob::Complete", [&] { return job_->Complete(); });
  }
  HRESULT STDMETHODCALLTYPE GetId(GUID* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetId",
                  [&] { return Read([&](const JobRecord& job) { return Give(job.id, pVal); }); });
  }
  HRESULT STDMETHODCALLTYPE GetType(BG_JOB_TYPE* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetType", [&] { return Give(BG_JOB_TYPE_DOWNLOAD, pVal); });
  }
  HRESULT STDMETHODCALLTYPE GetProgress(BG_JOB_PROGRESS* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetProgress", [&] {
      return Read([&](const JobRecord& job) { return Give(ProgressOf(job), pVal); });
    });
  }
  HRESULT STDMETHODCALLTYPE GetTimes(BG_JOB_TIMES* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetTimes", [&] {
      return Read([&](const JobRecord& job) {
        const BG_JOB_TIMES times{
            AsFileTime(job.created), AsFileTime(job.modified), AsFileTime(job.transferred)};
        return Give(times, pVal);
      });
    });
  }
  HRESULT STDMETHODCALLTYPE GetState(BG_JOB_STATE* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetState", [&] {
      return Read([&](const JobRecord& job) { return Give(job.state, pVal); });
    });
  }
  HRESULT STDMETHODCALLTYPE GetError(IBackgroundCopyError** ppError) override {
    return Answer(L"IBackgroundCopyJob::GetError", [&] {
      ComPtr<IBackgroundCopyError> error;
      const HRESULT hr = MakeErrorObject(job_, error);
      return FAILED(hr) ? hr : GiveObject(error, ppError);
    });
  }
  HRESULT STDMETHODCALLTYPE GetDisplayName(LPWSTR* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetDisplayName", [&] {
      return Read([&](const JobRecord& job) { return GiveText(job.display_name, pVal); });
    });
  }
  HRESULT STDMETHODCALLTYPE SetPriority(BG_JOB_PRIORITY Val) override {
    return Answer(L"IBackgroundCopyJob::SetPriority", [&] {
      if (Val < BG_JOB_PRIORITY_FOREGROUND || Val > BG_JOB_PRIORITY_LOW) return E_INVALIDARG;
      return job_->Change([&](JobRecord& job) {
        job.priority = Val;
        return S_OK;
      });
    });
  }
  HRESULT STDMETHODCALLTYPE GetPriority(BG_JOB_PRIORITY* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetPriority", [&] {
      return Read([&](const JobRecord& job) { return Give(job.priority, pVal); });
    });
  }
  HRESULT STDMETHODCALLTYPE SetNotifyFlags(ULONG Val) override {
    return Answer(L"IBackgroundCopyJob::SetNotifyFlags", [&] {
      if (Val & ~kNotifyFlags) return E_NOTIMPL;
      return job_->Change([&](JobRecord& job) {
        job.notify_flags = Val;
        return S_OK;
      });
    });
  }
  HRESULT STDMETHODCALLTYPE GetNotifyFlags(ULONG* pVal) override {
    return Answer(L"IBackgroundCopyJob::GetNotifyFlags", [&] {
      return Read([&](const JobRecord& job) { return Give(job.notify_flags, pVal); });
    });
  }
  HRESULT STDMETHODCALLTYPE SetNotifyInterface(IUnknown* Val) override {
    return Answer(L"IBackgroundCopyJob::SetNotifyInterface", [&] {
      Job::Callback callback;
      if (Val) {
        auto* const slot = reinterpret_cast<void**>(callback.GetAddressOf());
        const HRESULT hr = Val->QueryInterface(kIidOf<IBackgroundCopyCallback>, slot);
        if (FAILED(hr)) return hr;
      }
      return job_->SetCallback(callback);
    });
  }
  HRESULT STDMETHODCALLTYPE GetNotifyInterface(IUnknown** pVal) override {
    return Answer(L"IBackgroundCopyJob::GetNotifyInterface",
                  [&] { return GiveObject(job_->callback(), pVal); });
  }
  HRESULT STDMETHODCALLTYPE SetNoProgressTimeout(ULONG Seconds) override {
    return Answer(L"IBackgroundCopyJob::SetNoProgressTimeout", [&] {
      return job_->Change([&](JobRecord& job) {
        job.no_progress_timeout = Seconds;
        return S_OK;
      });
    });
  }
  HRESULT STDMETHODCALLTYPE GetNoProgressTimeout(ULONG* Seconds) override {
    return Answer(L"IBackgroundCopyJob::GetNoProgressTimeout", [&] {
      return Read([&](const JobRecord& job) { return Give(NoProgressTimeout(job), Seconds); });
    });
  }

  // The other properties are not supported.
  // DOC: BITS_JOB_PROPERTY_ID,
  // learn.microsoft.com/windows/win32/delivery_optimization/bits-job-property-id
  HRESULT STDMETHODCALLTYPE SetProperty(BITS_JOB_PROPERTY_ID PropertyId,
                                        BITS_JOB_PROPERTY_VALUE PropertyValue) override {
    return Answer(L"IBackgroundCopyJob5::SetProperty", [&] {
      return job_->Change([&](JobRecord& job) {
        if (PropertyId == BITS_JOB_PROPERTY_ID_COST_FLAGS) {
          job.cost_flags = PropertyValue.Dword;
        } else if (PropertyId == BITS_JOB_PROPERTY_NOTIFICATION_CLSID) {
          job.notification_class = PropertyValue.ClsID;
        } else {
          return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
        }
        return S_OK;
      });
    });
  }
  HRESULT STDMETHODCALLTYPE GetProperty(BITS_JOB_PROPERTY_ID PropertyId,
                                        BITS_JOB_PROPERTY_VALUE* PropertyValue) override {
    return Answer(L"IBackgroundCopyJob5::GetProperty", [&] {
      if (!PropertyValue) return E_POINTER;
      return Read([&](const JobRecord& job) {
        if (PropertyId == BITS_JOB_PROPERTY_ID_COST_FLAGS) {
          PropertyValue->Dword = job.cost_flags;
        } else if (PropertyId == BITS_JOB_PROPERTY_NOTIFICATION_CLSID) {
          PropertyValue->ClsID = job.notification_class;
        } else {
          return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
        }
        return S_OK;
      });
    });
  }

  // IDeliveryOptimizationJob
  HRESULT STDMETHODCALLTYPE AddFileWithRanges(LPCWSTR fileId,
                                              LPCWSTR remoteUrl,
                                              LPCWSTR localName,
                                              DWORD rangeCount,
                                              BG_FILE_RANGE* ranges,
                                              UINT64 fileSize) override {
    return Answer(L"IDeliveryOptimizationJob::AddFileWithRanges", [&] {
      return AddFileTo(*job_, {fileId, remoteUrl, localName, rangeCount, ranges, fileSize});
    });
  }

  // IDeliveryOptimizationJob2
  HRESULT STDMETHODCALLTYPE AddFile(LPCWSTR fileId,
                                    LPCWSTR remoteUrl,
                                    DWORD rangeCount,
                                    BG_FILE_RANGE* ranges,
                                    REFIID riid,
                                    void** object) override {
    return Answer(L"IDeliveryOptimizationJob2::AddFile", [&] {
      return AddFileTo(job_, {fileId, remoteUrl, nullptr, rangeCount, ranges}, riid, object);
    });
  }
  HRESULT STDMETHODCALLTYPE GetProperty(DOJobPropertyId propId, VARIANT* propValue) override {
    return Answer(L"IDeliveryOptimizationJob2::GetProperty", [&] {
      if (!propValue) return E_POINTER;
      if (propId != DOJobPropertyId_ExtendedErrorInfo) return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
      return Read([&](const JobRecord& job) {
        return job.error.text.empty() ? kNotSet : GiveVariant(job.error.text, propValue);
      });
    });
  }
  // DOC: IDeliveryOptimizationJob2::SetProperty,
  // learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob2-setproperty
  HRESULT STDMETHODCALLTYPE SetProperty(DOJobPropertyId propId, const VARIANT*) override {
    return Answer(L"IDeliveryOptimizationJob2::SetProperty", [&] {
      return propId == DOJobPropertyId_ExtendedErrorInfo ? Hresult(DO_E_READ_ONLY_PROPERTY)
                                                         : Hresult(DO_E_UNKNOWN_PROPERTY_ID);
    });
  }

 private:
  void* Find(REFIID iid) override {
    if (iid == kIidOf<IUnknown> || iid == kIidOf<IBackgroundCopyJob>) {
      return static_cast<IBackgroundCopyJob*>(this);
    }
    if (iid == kIidOf<IBackgroundCopyJob5>) return static_cast<IBackgroundCopyJob5*>(this);
    if (iid == kIidOf<IDeliveryOptimizationJob>) {
      return static_cast<IDeliveryOptimizationJob*>(this);
    }
    if (iid == kIidOf<IDeliveryOptimizationJob2>) {
      return static_cast<IDeliveryOptimizationJob2*>(this);
    }
    return nullptr;
  }

  template <typename Body>
  HRESULT Read(Body body) const {
    return job_->Look(body);
  }

  const std::shared_ptr<Job> job_;
};

}  // namespace

ComPtr<IBackgroundCopyJob> MakeJobObject(std::shared_ptr<Job> job) {
  ComPtr<IBackgroundCopyJob> object;
  *object.GetAddressOf() = Make<JobObject>(std::move(job)).Detach();
  return object;
}

}  // namespace dosvc_stand_in

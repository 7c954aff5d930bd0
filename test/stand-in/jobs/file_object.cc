// SPDX-License-Identifier: MIT

#include "stand-in/jobs/file_object.h"

#include <utility>

#include "jobs/delivery_optimization.h"
#include "stand-in/com/hresult.h"
#include "stand-in/com/object.h"
#include "stand-in/jobs/add_file.h"
#include "stand-in/jobs/file_property.h"
#include "stand-in/jobs/job.h"
#include "stand-in/jobs/progress.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

class FileObject final
    : public Object<IBackgroundCopyFile5, IDeliveryOptimizationFile, IDeliveryOptimizationFile2> {
 public:
  FileObject(std::shared_ptr<Job> job, std::size_t index) : job_(std::move(job)), index_(index) {}

  HRESULT STDMETHODCALLTYPE GetRemoteName(LPWSTR* pVal) override {
    return Answer(L"IBackgroundCopyFile::GetRemoteName", [&] {
      return Read([&](const FileRecord& file) {
        return GiveText(file.new_url.empty() ? file.source.url : file.new_url, pVal);
      });
    });
  }
  HRESULT STDMETHODCALLTYPE GetLocalName(LPWSTR* pVal) override {
    return Answer(L"IBackgroundCopyFile::GetLocalName", [&] {
      return Read([&](const FileRecord& file) { return GiveText(file.local_name, pVal); });
    });
  }
  HRESULT STDMETHODCALLTYPE GetProgress(BG_FILE_PROGRESS* pVal) override {
    return Answer(L"IBackgroundCopyFile::GetProgress", [&] {
      return Read([&](const FileRecord& file) { return Give(ProgressOf(file), pVal); });
    });
  }

  // DOC: IBackgroundCopyFile2::GetFileRanges,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-getfileranges-method
  HRESULT STDMETHODCALLTYPE GetFileRanges(DWORD* RangeCount, BG_FILE_RANGE** Ranges) override {
    return Answer(L"IBackgroundCopyFile2::GetFileRanges", [&] {
      if (!RangeCount || !Ranges) return E_POINTER;
      return Read([&](const FileRecord& file) {
        const auto& ranges = file.source.ranges;
        *RangeCount = 0;
        *Ranges = nullptr;
        if (ranges.empty()) return S_FALSE;
        *Ranges = static_cast<BG_FILE_RANGE*>(CoTaskMemAlloc(ranges.size() * sizeof(**Ranges)));
        if (!*Ranges) return E_OUTOFMEMORY;
        for (const auto& range : ranges) (*Ranges)[(*RangeCount)++] = {range.offset, range.length};
        return S_OK;
      });
    });
  }
  HRESULT STDMETHODCALLTYPE SetRemoteName(LPCWSTR Val) override {
    return Answer(L"IBackgroundCopyFile2::SetRemoteName", [&] {
      if (!Val || !IsUrl(Val)) return E_INVALIDARG;
      return job_->ChangeHere([&](JobRecord& job) {
        job.files[index_].new_url = Val;
        return S_OK;
      });
    });
  }

  // IBackgroundCopyFile3 and IBackgroundCopyFile4: QueryInterface does not return these interfaces,
  // but their slots precede those of IBackgroundCopyFile5.
  HRESULT STDMETHODCALLTYPE GetTemporaryName(LPWSTR*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SetValidationState(BOOL) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetValidationState(BOOL*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE IsDownloadedFromPeer(BOOL*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetPeerDownloadStats(UINT64*, UINT64*) override { return E_NOTIMPL; }

  // DOC: IBackgroundCopyFile5,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile5-setproperty
  HRESULT STDMETHODCALLTYPE SetProperty(BITS_FILE_PROPERTY_ID PropertyId,
                                        BITS_FILE_PROPERTY_VALUE) override {
    return Answer(L"IBackgroundCopyFile5::SetProperty", [&] {
      return PropertyId == BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS
                 ? Hresult(DO_E_READ_ONLY_PROPERTY)
                 : Hresult(DO_E_UNKNOWN_PROPERTY_ID);
    });
  }
  HRESULT STDMETHODCALLTYPE GetProperty(BITS_FILE_PROPERTY_ID PropertyId,
                                        BITS_FILE_PROPERTY_VALUE* PropertyValue) override {
    return Answer(L"IBackgroundCopyFile5::GetProperty", [&] {
      if (!PropertyValue) return E_POINTER;
      if (PropertyId != BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS) {
        return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
      }
      return Read([&](const FileRecord& file) {
        return file.response_headers.empty()
                   ? kNotSet
                   : GiveText(file.response_headers, &PropertyValue->String);
      });
    });
  }

  // IDeliveryOptimizationFile2
  HRESULT STDMETHODCALLTYPE GetProperty(DOFilePropertyId propId, VARIANT* propValue) override {
    return Answer(L"IDeliveryOptimizationFile2::GetProperty", [&] {
      if (!propValue) return E_POINTER;
      return Read([&](const FileRecord& file) { return GetFileProperty(file, propId, propValue); });
    });
  }
  HRESULT STDMETHODCALLTYPE SetProperty(DOFilePropertyId propId,
                                        const VARIANT* propValue) override {
    return Answer(L"IDeliveryOptimizationFile2::SetProperty", [&] {
      if (!propValue) return E_POINTER;
      return job_->Change(
          [&](JobRecord& job) { return SetFileProperty(job.files[index_], propId, *propValue); });
    });
  }

 private:
  void* Find(REFIID iid) override {
    if (iid == kIidOf<IUnknown> || iid == kIidOf<IBackgroundCopyFile>) {
      return static_cast<IBackgroundCopyFile*>(this);
    }
    if (iid == kIidOf<IBackgroundCopyFile2>) return static_cast<IBackgroundCopyFile2*>(this);
    if (iid == kIidOf<IBackgroundCopyFile5>) return static_cast<IBackgroundCopyFile5*>(this);
    if (iid == kIidOf<IDeliveryOptimizationFile>) {
      return static_cast<IDeliveryOptimizationFile*>(this);
    }
    if (iid == kIidOf<IDeliveryOptimizationFile2>) {
      return static_cast<IDeliveryOptimizationFile2*>(this);
    }
    return nullptr;
  }

  template <typename Body>
  HRESULT Read(Body body) const {
    return job_->Look([&](const JobRecord& job) -> HRESULT { return body(job.files[index_]); });
  }

  const std::shared_ptr<Job> job_;
  const std::size_t index_;
};

}  // namespace

ComPtr<IBackgroundCopyFile> MakeFileObject(std::shared_ptr<Job> job, std::size_t index) {
  ComPtr<IBackgroundCopyFile> object;
  *object.GetAddressOf() = Make<FileObject>(std::move(job), index).Detach();
  return object;
}

}  // namespace dosvc_stand_in

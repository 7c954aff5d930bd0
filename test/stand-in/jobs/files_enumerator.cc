// SPDX-License-Identifier: MIT

#include "stand-in/jobs/files_enumerator.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "stand-in/com/object.h"
#include "stand-in/jobs/file_object.h"
#include "stand-in/jobs/job.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;
using dosvc::com::ComPtr;

namespace {

class FilesEnumerator final : public Object<IEnumBackgroundCopyFiles> {
 public:
  FilesEnumerator(std::shared_ptr<Job> job, std::size_t count)
      : job_(std::move(job)), count_(count) {}

  HRESULT STDMETHODCALLTYPE Next(ULONG celt,
                                 IBackgroundCopyFile** rgelt,
                                 ULONG* pceltFetched) override {
    return Answer(L"IEnumBackgroundCopyFiles::Next", [&] {
      if (!rgelt || (celt != 1 && !pceltFetched)) return E_INVALIDARG;
      const std::size_t first = Advance(celt);
      const std::size_t last = std::min(count_, first + celt);
      for (std::size_t i = first; i < last; ++i) {
        rgelt[i - first] = MakeFileObject(job_, i).Detach();
      }
      const auto fetched = static_cast<ULONG>(last - first);
      if (pceltFetched) *pceltFetched = fetched;
      return fetched == celt ? S_OK : S_FALSE;
    });
  }
  HRESULT STDMETHODCALLTYPE Skip(ULONG celt) override {
    return Answer(L"IEnumBackgroundCopyFiles::Skip",
                  [&] { return count_ - Advance(celt) >= celt ? S_OK : S_FALSE; });
  }
  HRESULT STDMETHODCALLTYPE Reset() override {
    return Answer(L"IEnumBackgroundCopyFiles::Reset", [&] {
      at_ = 0;
      return S_OK;
    });
  }
  // Delivery Optimization does not document this method.
  HRESULT STDMETHODCALLTYPE Clone(IEnumBackgroundCopyFiles**) override {
    return Answer(L"IEnumBackgroundCopyFiles::Clone", [] { return E_NOTIMPL; });
  }
  HRESULT STDMETHODCALLTYPE GetCount(ULONG* puCount) override {
    return Answer(L"IEnumBackgroundCopyFiles::GetCount", [&] { return Give(count_, puCount); });
  }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == kIidOf<IEnumBackgroundCopyFiles>;
    return known ? static_cast<IEnumBackgroundCopyFiles*>(this) : nullptr;
  }

  // Advances the position, and returns the previous one.
  std::size_t Advance(ULONG by) {
    std::size_t from = at_;
    while (!at_.compare_exchange_weak(from, std::min(count_, from + by))) {
    }
    return from;
  }

  const std::shared_ptr<Job> job_;
  const std::size_t count_;
  std::atomic<std::size_t> at_{0};
};

}  // namespace

ComPtr<IEnumBackgroundCopyFiles> MakeFilesEnumerator(std::shared_ptr<Job> job) {
  const auto count = job->Look([](const JobRecord& record) { return record.files.size(); });
  ComPtr<IEnumBackgroundCopyFiles> object;
  *object.GetAddressOf() = Make<FilesEnumerator>(std::move(job), count).Detach();
  return object;
}

}  // namespace dosvc_stand_in

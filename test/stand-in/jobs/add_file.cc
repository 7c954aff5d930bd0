// SPDX-License-Identifier: MIT

#include "stand-in/jobs/add_file.h"

#include <winhttp.h>

#include <utility>

#include "jobs/delivery_optimization.h"
#include "stand-in/jobs/file_object.h"
#include "stand-in/service/ranges.h"

namespace dosvc_stand_in {
namespace {

// DOC: IBackgroundCopyFile2::SetRemoteName, Return value,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-setremotename-method
constexpr std::size_t kLongestUrl = 2200;

HRESULT Take(const NewFile& given, FileRecord& file) {
  if (!given.id || !*given.id) return E_INVALIDARG;
  file.id = given.id;
  if (given.url) file.source.url = given.url;
  // An empty URL is valid: the id alone then has to identify the content.
  if (!file.source.url.empty() && !IsUrl(file.source.url)) return E_INVALIDARG;
  file.declared_size = given.size;
  return TakeRanges(given.range_count, given.ranges, file.source.ranges);
}

}  // namespace

bool IsUrl(const std::wstring& url) {
  if (url.size() > kLongestUrl) return false;
  URL_COMPONENTS parts = {};
  parts.dwStructSize = sizeof(parts);
  parts.dwSchemeLength = parts.dwHostNameLength = static_cast<DWORD>(-1);
  return WinHttpCrackUrl(url.c_str(), 0, 0, &parts) && parts.dwHostNameLength > 0;
}

bool IsFullyQualified(const std::wstring& path) {
  const bool drive = path.size() > 2 && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/');
  return drive || path.rfind(L"\\\\", 0) == 0;
}

// DOC: IDeliveryOptimizationJob::AddFileWithRanges,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
HRESULT AddFileTo(Job& job, const NewFile& given) {
  FileRecord file;
  if (!given.local_name || !*given.local_name) return E_INVALIDARG;
  file.local_name = given.local_name;
  if (!IsFullyQualified(file.local_name)) return E_INVALIDARG;
  const HRESULT hr = Take(given, file);
  if (FAILED(hr)) return hr;
  std::size_t index = 0;
  return job.AddFile(std::move(file), index);
}

// DOC: IDeliveryOptimizationJob2::AddFile,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob2-addfile
HRESULT AddFileTo(const std::shared_ptr<Job>& job,
                  const NewFile& given,
                  REFIID riid,
                  void** object) {
  if (!object) return E_POINTER;
  *object = nullptr;
  if (riid != dosvc::abi::kIidOf<dosvc::abi::IDeliveryOptimizationFile>) return E_NOINTERFACE;
  FileRecord file;
  HRESULT hr = Take(given, file);
  if (FAILED(hr)) return hr;
  std::size_t index = 0;
  hr = job->AddFile(std::move(file), index);
  if (FAILED(hr)) return hr;
  return MakeFileObject(job, index)->QueryInterface(riid, object);
}

}  // namespace dosvc_stand_in

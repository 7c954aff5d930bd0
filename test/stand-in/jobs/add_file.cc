// SPDX-License-Identifier: MIT

#include "stand-in/jobs/add_file.h"

#include <winhttp.h>

#include <algorithm>
#include <cwchar>
#include <utility>

#include "jobs/delivery_optimization.h"
#include "stand-in/jobs/file_object.h"
#include "stand-in/service/full_path.h"
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

// DOC: BG_FILE_INFO, LocalName, learn.microsoft.com/previous-versions/mt811272(v=vs.85): the full
// path, no wildcards, at most MAX_PATH characters, no streams, no \\? prefix.
// DOC: IBackgroundCopyJob::AddFile, Return value: E_INVALIDARG if the local name is not valid,
// E_ACCESSDENIED if it cannot be written. It is BITS' page; Delivery Optimization's pages say the
// same of an empty name and of a folder that is not the user's.
// learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-addfile
// No page names a folder in the file's place: Windows does not open one for writing either.
HRESULT CheckLocalName(const std::wstring& path) {
  if (!IsFullyQualified(path) || path.size() > MAX_PATH) return E_INVALIDARG;
  if (path.rfind(L"\\\\?\\", 0) == 0 || path.rfind(L"\\\\.\\", 0) == 0) return E_INVALIDARG;
  const auto invalid = [](wchar_t c) { return c < L' ' || std::wcschr(L"<>:\"|?*", c); };
  // A drive's colon comes before.
  if (std::any_of(path.begin() + 2, path.end(), invalid)) return E_INVALIDARG;
  if (path.back() == L'\\' || path.back() == L'/') return E_INVALIDARG;
  const auto attributes = GetFileAttributesW(path.c_str());
  const bool exists = attributes != INVALID_FILE_ATTRIBUTES;
  return exists && (attributes & FILE_ATTRIBUTE_DIRECTORY) ? E_ACCESSDENIED : S_OK;
}

// DOC: IDeliveryOptimizationJob::AddFileWithRanges,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
// "directories in the path must exist" (BG_FILE_INFO, as above) without a code: Windows' own,
// ERROR_PATH_NOT_FOUND, comes of the temporary file.
HRESULT AddFileTo(Job& job, const NewFile& given) {
  FileRecord file;
  if (!given.local_name || !*given.local_name) return E_INVALIDARG;
  file.local_name = given.local_name;
  HRESULT hr = CheckLocalName(file.local_name);
  if (SUCCEEDED(hr)) hr = Take(given, file);
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

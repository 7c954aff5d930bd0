// SPDX-License-Identifier: MIT

#include "stand-in/transfer/temporary_file.h"

#include <winhttp.h>

#include <algorithm>
#include <random>

namespace dosvc_stand_in {
namespace {

HRESULT LastError() { return HRESULT_FROM_WIN32(GetLastError()); }

HANDLE OpenHidden(const std::wstring& path, DWORD how) {
  return CreateFileW(path.c_str(),
                     GENERIC_READ | GENERIC_WRITE,
                     FILE_SHARE_READ,
                     nullptr,
                     how,
                     FILE_ATTRIBUTE_HIDDEN,
                     nullptr);
}

std::wstring FolderOf(const std::wstring& path) {
  return path.substr(0, path.find_last_of(L"\\/") + 1);
}

std::wstring NewName() {
  constexpr wchar_t kDigits[] = L"0123456789ABCDEF";
  std::random_device random;
  auto number = random();
  std::wstring name = L"DO";
  for (int digits = 0; digits < 8; ++digits, number >>= 4) name += kDigits[number & 15];
  return name + L".tmp";
}

}  // namespace

TemporaryFile::~TemporaryFile() {
  if (handle_ != INVALID_HANDLE_VALUE) CloseHandle(handle_);
}

HRESULT TemporaryFile::Create(const std::wstring& target, std::wstring& path) {
  for (;;) {
    auto made = FolderOf(target) + NewName();
    const auto file = OpenHidden(made, CREATE_NEW);
    if (file != INVALID_HANDLE_VALUE) {
      CloseHandle(file);
      path = std::move(made);
      return S_OK;
    }
    if (GetLastError() != ERROR_FILE_EXISTS) return LastError();
  }
}

// DOC: IBackgroundCopyJob::Complete, learn.microsoft.com/windows/win32/delivery_optimization/
// ibackgroundcopyjob-complete: it renames the temporary files to their final names.
HRESULT TemporaryFile::Publish(const std::wstring& path,
                               const std::wstring& target,
                               bool replaces) {
  const auto attributes = GetFileAttributesW(path.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return LastError();
  // First: a process that dies in between must not leave a hidden target.
  if (!SetFileAttributesW(path.c_str(), FILE_ATTRIBUTE_NORMAL)) return LastError();
  const DWORD how = replaces ? MOVEFILE_REPLACE_EXISTING : 0;
  if (MoveFileExW(path.c_str(), target.c_str(), how)) return S_OK;
  const auto hr = LastError();
  SetFileAttributesW(path.c_str(), attributes);
  return hr;
}

// DOC: BG_FILE_INFO, Remarks, learn.microsoft.com/previous-versions/mt811272(v=vs.85): of a file
// that comes by HTTP, the time of modification is the server's, and the time of creation is the
// same.
void TemporaryFile::SetDate(const std::wstring& path, const std::wstring& last_modified) {
  SYSTEMTIME date{};
  FILETIME time{};
  if (!WinHttpTimeToSystemTime(last_modified.c_str(), &date)) return;
  if (!SystemTimeToFileTime(&date, &time)) return;
  const HANDLE file = CreateFileW(path.c_str(),
                                  FILE_WRITE_ATTRIBUTES,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                  nullptr,
                                  OPEN_EXISTING,
                                  FILE_ATTRIBUTE_NORMAL,
                                  nullptr);
  if (file == INVALID_HANDLE_VALUE) return;
  SetFileTime(file, &time, nullptr, &time);
  CloseHandle(file);
}

HRESULT TemporaryFile::Discard(const std::wstring& path) {
  if (DeleteFileW(path.c_str())) return S_OK;
  const auto error = GetLastError();
  const auto gone = error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
  return gone ? S_OK : HRESULT_FROM_WIN32(error);
}

HRESULT TemporaryFile::Open(std::uint64_t& done) {
  // What was deleted meanwhile is an error, and not fetched again in silence.
  // DOC: do-client, tests/download_tests_common.cpp: 0x80070002 for a temporary file that is gone.
  handle_ = OpenHidden(path_, done == 0 ? OPEN_ALWAYS : OPEN_EXISTING);
  if (handle_ == INVALID_HANDLE_VALUE) return LastError();
  LARGE_INTEGER size{};
  if (!GetFileSizeEx(handle_, &size)) return LastError();
  done = std::min(done, static_cast<std::uint64_t>(size.QuadPart));
  LARGE_INTEGER end{};
  end.QuadPart = static_cast<LONGLONG>(done);
  // What a process wrote before it died, and did not keep in its state, comes again.
  const auto cut = SetFilePointerEx(handle_, end, nullptr, FILE_BEGIN) && SetEndOfFile(handle_);
  return cut ? S_OK : LastError();
}

HRESULT TemporaryFile::Clear() {
  const auto cut = SetFilePointerEx(handle_, {}, nullptr, FILE_BEGIN) && SetEndOfFile(handle_);
  return cut ? S_OK : LastError();
}

// WriteFile's bytes are the system's when it returns: they outlive a process that is killed.
HRESULT TemporaryFile::Append(const void* bytes, std::uint32_t size) {
  DWORD written = 0;
  if (!WriteFile(handle_, bytes, size, &written, nullptr)) return LastError();
  return written == size ? S_OK : HRESULT_FROM_WIN32(ERROR_DISK_FULL);
}

}  // namespace dosvc_stand_in

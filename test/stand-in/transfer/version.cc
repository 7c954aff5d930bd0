// SPDX-License-Identifier: MIT

#include "stand-in/transfer/version.h"

#include <string>

namespace dosvc_stand_in {
namespace {

// What both sides say of one mark of a version.
Version Compare(const std::wstring& one, const std::wstring& other) {
  if (one.empty() || other.empty()) return Version::kUnknown;
  return one == other ? Version::kSame : Version::kOther;
}

Version Compare(std::uint64_t one, std::uint64_t other) {
  if (one == kUnknownSize || other == kUnknownSize) return Version::kUnknown;
  return one == other ? Version::kSame : Version::kOther;
}

}  // namespace

// DOC: IBackgroundCopyJob3::AddFileWithRanges, Remarks: the version of a file is told by its size
// and date, not by its content, and is consistent.
// DOC: IBackgroundCopyFile2::SetRemoteName,
// learn.microsoft.com/windows/win32/delivery_optimization/
// ibackgroundcopyfile2-setremotename-method: another time stamp or size restarts the file.
// No page names the entity tag. It stands in for a date that is missing.
Version CompareVersions(const FileState& state, const Answer& answer) {
  const auto size = Compare(state.remote_size, answer.size);
  auto date = Compare(state.last_modified, answer.last_modified);
  if (date == Version::kUnknown) date = Compare(state.etag, answer.etag);
  if (size == Version::kOther) return size;
  return date == Version::kUnknown ? size : date;
}

}  // namespace dosvc_stand_in

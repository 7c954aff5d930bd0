// SPDX-License-Identifier: MIT

#include "stand-in/transfer/version.h"

#include <algorithm>
#include <array>

namespace dosvc_stand_in {
namespace {

// DOC: RFC 9110, 13.1.5: a weak entity tag must not be in If-Range.
bool IsStrong(const std::wstring& etag) { return !etag.empty() && etag.compare(0, 2, L"W/") != 0; }

// What both sides say of one mark of a version.
enum class Mark { kUnknown, kSame, kOther };

Mark Compare(const std::wstring& one, const std::wstring& other) {
  if (one.empty() || other.empty()) return Mark::kUnknown;
  return one == other ? Mark::kSame : Mark::kOther;
}

Mark Compare(std::uint64_t one, std::uint64_t other) {
  if (one == kUnknownSize || other == kUnknownSize) return Mark::kUnknown;
  return one == other ? Mark::kSame : Mark::kOther;
}

std::array<Mark, 3> Marks(const FileState& state, const Answer& answer) {
  return {Compare(state.remote_size, answer.size),
          Compare(state.etag, answer.etag),
          Compare(state.last_modified, answer.last_modified)};
}

bool Has(const std::array<Mark, 3>& marks, Mark mark) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

}  // namespace

std::wstring IfRange(const FileState& state) {
  return IsStrong(state.etag) ? state.etag : state.last_modified;
}

// DOC: IBackgroundCopyJob3::AddFileWithRanges, Remarks: the version of a file is told by its size
// and date, not by its content, and is consistent.
// DOC: IBackgroundCopyFile2::SetRemoteName,
// learn.microsoft.com/windows/win32/delivery_optimization/
// ibackgroundcopyfile2-setremotename-method: another time stamp or size restarts the file.
bool IsSameVersion(const FileState& state, const Answer& answer) {
  const auto marks = Marks(state, answer);
  return Has(marks, Mark::kSame) && !Has(marks, Mark::kOther);
}

}  // namespace dosvc_stand_in

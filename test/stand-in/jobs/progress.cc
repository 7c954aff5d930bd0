// SPDX-License-Identifier: MIT

#include "stand-in/jobs/progress.h"

#include "stand-in/service/ranges.h"

namespace dosvc_stand_in {

dosvc::abi::BG_FILE_PROGRESS ProgressOf(const FileRecord& file) {
  std::uint64_t total = file.state.total;
  // Until the server reports the size, use what the client gave: the ranges or a declared size.
  if (total == kUnknownSize) {
    total = file.source.ranges.empty() ? file.declared_size : SizeOf(file.source.ranges);
  }
  return {total, file.state.done, file.published ? TRUE : FALSE};
}

dosvc::abi::BG_JOB_PROGRESS ProgressOf(const JobRecord& job) {
  dosvc::abi::BG_JOB_PROGRESS progress = {0, 0, static_cast<ULONG>(job.files.size()), 0};
  for (const auto& file : job.files) {
    const auto one = ProgressOf(file);
    if (one.BytesTotal == kUnknownSize || progress.BytesTotal == kUnknownSize) {
      progress.BytesTotal = kUnknownSize;
    } else {
      progress.BytesTotal += one.BytesTotal;
    }
    progress.BytesTransferred += one.BytesTransferred;
    if (file.transferred) ++progress.FilesTransferred;
  }
  return progress;
}

}  // namespace dosvc_stand_in

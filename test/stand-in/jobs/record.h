// SPDX-License-Identifier: MIT
//
// The record of a job on disk: plain data that outlives the process.
#pragma once

#include <windows.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generated/enums.h"
#include "stand-in/service/clock.h"
#include "stand-in/service/furthest.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

struct FileRecord {
  std::wstring id;
  std::wstring local_name;  // empty: not known yet
  FileSource source;
  std::wstring new_url;  // not kept on disk; Resume makes it the source's URL
  FileState state;
  Furthest furthest;  // since the job was resumed; not kept on disk
  std::uint64_t declared_size = kUnknownSize;
  bool transferred = false;
  bool published = false;  // available to the user
  std::wstring response_headers;
  std::wstring decryption_info;
  std::wstring integrity_info;
  std::optional<bool> integrity_mandatory;
};

struct ErrorRecord {
  HRESULT code = S_OK;
  dosvc::abi::BG_ERROR_CONTEXT context = dosvc::abi::BG_ERROR_CONTEXT_NONE;
  std::optional<std::size_t> file;  // index in the job's files
  std::wstring text;
};

struct JobRecord {
  GUID id = {};
  std::wstring display_name;
  dosvc::abi::BG_JOB_STATE state = dosvc::abi::BG_JOB_STATE_SUSPENDED;
  // DOC: BG_JOB_PRIORITY, learn.microsoft.com/windows/win32/delivery_optimization/bg-job-priority-
  dosvc::abi::BG_JOB_PRIORITY priority = dosvc::abi::BG_JOB_PRIORITY_NORMAL;
  // The default of BITS, because the pages of Delivery Optimization name none.
  // DOC: IBackgroundCopyJob::SetNotifyFlags, learn.microsoft.com/windows/win32/api/bits/
  std::uint32_t notify_flags = 3;
  std::optional<std::uint32_t> no_progress_timeout;  // seconds
  std::uint32_t cost_flags = 0;
  GUID notification_class = {};
  bool foreign = false;
  Ticks created = 0;
  Ticks modified = 0;
  Ticks transferred = 0;
  Ticks progressed = 0;  // when the last new byte arrived, or the job was resumed
  ErrorRecord error;
  std::vector<FileRecord> files;
};

inline bool IsFinal(const JobRecord& job) {
  return job.state == dosvc::abi::BG_JOB_STATE_ACKNOWLEDGED ||
         job.state == dosvc::abi::BG_JOB_STATE_CANCELLED;
}

// In seconds.
// DOC: IBackgroundCopyJob::SetNoProgressTimeout,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnoprogresstimeout
// "High" is read as FOREGROUND, because the service treats HIGH, NORMAL and LOW alike.
inline std::uint32_t NoProgressTimeout(const JobRecord& job) {
  const bool foreground = job.priority == dosvc::abi::BG_JOB_PRIORITY_FOREGROUND;
  return job.no_progress_timeout.value_or(foreground ? 3600 : 86400);
}

}  // namespace dosvc_stand_in

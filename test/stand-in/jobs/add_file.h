// SPDX-License-Identifier: MIT
//
// Validates a file that a client adds to a job, and adds it.
#pragma once

#include <windows.h>

#include <memory>

#include "jobs/structs.h"
#include "stand-in/jobs/job.h"

namespace dosvc_stand_in {

struct NewFile {
  LPCWSTR id;
  LPCWSTR url;
  LPCWSTR local_name;
  DWORD range_count;
  const dosvc::abi::BG_FILE_RANGE* ranges;
  std::uint64_t size = kUnknownSize;
};

// IDeliveryOptimizationJob::AddFileWithRanges
HRESULT AddFileTo(Job& job, const NewFile& file);
// IDeliveryOptimizationJob2::AddFile
HRESULT AddFileTo(const std::shared_ptr<Job>& job, const NewFile& file, REFIID riid, void** object);

// Whether a transfer accepts the URL: http or https, and not too long.
bool IsUrl(const std::wstring& url);
// Whether a file can have this path, as far as can be told before anything is written there.
HRESULT CheckLocalName(const std::wstring& path);

}  // namespace dosvc_stand_in

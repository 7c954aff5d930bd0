// SPDX-License-Identifier: MIT
//
// The record of a download: plain data, kept on disk if the download outlives the process.
#pragma once

#include <windows.h>

#include <cstdint>
#include <map>
#include <string>
#include <variant>

#include "generated/enums.h"
#include "stand-in/service/clock.h"
#include "stand-in/service/furthest.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

using PropertyValue = std::variant<bool, std::uint32_t, std::uint64_t, std::wstring>;

struct DownloadRecord {
  GUID id = {};
  dosvc::abi::DODownloadState state = dosvc::abi::DODownloadState_Created;
  bool foreign = false;
  bool waits = false;  // paused, and resumes by itself
  Ticks created = 0;
  Ticks progressed = 0;  // when the last new byte arrived, or the download started
  HRESULT error = S_OK;
  HRESULT extended_error = S_OK;
  FileSource source;
  FileState file;
  Furthest furthest;  // since the download was started; not kept on disk
  std::map<dosvc::abi::DODownloadProperty, PropertyValue> properties;  // those that are set
};

template <typename Value>
Value PropertyOf(const DownloadRecord& record,
                 dosvc::abi::DODownloadProperty id,
                 Value otherwise = {}) {
  const auto found = record.properties.find(id);
  return found == record.properties.end() ? otherwise : std::get<Value>(found->second);
}

inline bool IsFinal(const DownloadRecord& record) {
  return record.state == dosvc::abi::DODownloadState_Finalized ||
         record.state == dosvc::abi::DODownloadState_Aborted;
}

inline bool IsNonVolatile(const DownloadRecord& record) {
  return PropertyOf<bool>(record, dosvc::abi::DODownloadProperty_NonVolatile);
}

inline bool IsForeground(const DownloadRecord& record) {
  return PropertyOf<bool>(record, dosvc::abi::DODownloadProperty_ForegroundPriority);
}

}  // namespace dosvc_stand_in

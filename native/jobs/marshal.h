// SPDX-License-Identifier: MIT
//
// Converts the job API's structures to plain values and back. Field names are COM's, in lower camel
// case.
#pragma once

#include <windows.h>

#include "com/params.h"
#include "jobs/structs.h"

namespace dosvc::abi {

Value ToValue(const BG_JOB_PROGRESS& progress);
Value ToValue(const BG_JOB_TIMES& times);
Value ToValue(const BG_FILE_PROGRESS& progress);
Value ToValue(const BG_JOB_REPLY_PROGRESS& progress);
Value ToValue(const BG_FILE_RANGE& range);

// As in the unions of bits5_0.idl.
template <typename Use>
bool WithMember(BITS_JOB_PROPERTY_ID id, BITS_JOB_PROPERTY_VALUE& value, Use use) {
  switch (id) {
    case BITS_JOB_PROPERTY_ID_COST_FLAGS:
    case BITS_JOB_PROPERTY_MINIMUM_NOTIFICATION_INTERVAL_MS:
      return use(value.Dword);
    case BITS_JOB_PROPERTY_NOTIFICATION_CLSID:
      return use(value.ClsID);
    case BITS_JOB_PROPERTY_DYNAMIC_CONTENT:
    case BITS_JOB_PROPERTY_HIGH_PERFORMANCE:
    case BITS_JOB_PROPERTY_ON_DEMAND_MODE:
      return use(value.Enable);
    case BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE:
      return use(value.Uint64);
    case BITS_JOB_PROPERTY_USE_STORED_CREDENTIALS:
      return use(value.Target);
  }
  return false;
}
template <typename Use>
bool WithMember(BITS_FILE_PROPERTY_ID id, BITS_FILE_PROPERTY_VALUE& value, Use use) {
  return id == BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS && use(value.String);
}

}  // namespace dosvc::abi

namespace dosvc::com {

template <>
struct Reader<abi::BG_FILE_RANGE> {
  static constexpr const char* kShape = "{ initialOffset, length }";
  bool Read(const Value& value);
  abi::BG_FILE_RANGE* get() { return &range_; }

 private:
  abi::BG_FILE_RANGE range_{};
};

template <>
struct Reader<abi::BG_FILE_INFO> {
  static constexpr const char* kShape = "{ remoteName, localName }";
  bool Read(const Value& value);
  abi::BG_FILE_INFO* get() { return &info_; }

 private:
  Reader<WCHAR> remote_name_;
  Reader<WCHAR> local_name_;
  abi::BG_FILE_INFO info_{};
};

template <>
struct Reader<abi::BG_AUTH_CREDENTIALS> {
  static constexpr const char* kShape =
      "{ target, scheme, userName, password }, the last two null together or not at all, and null "
      "for NTLM, Negotiate and Passport alone";
  bool Read(const Value& value);
  abi::BG_AUTH_CREDENTIALS* get() { return &credentials_; }

 private:
  OrNull<WCHAR> user_name_;
  OrNull<WCHAR> password_;
  abi::BG_AUTH_CREDENTIALS credentials_{};
};

}  // namespace dosvc::com

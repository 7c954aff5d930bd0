// SPDX-License-Identifier: MIT
//
// The job API's structures as plain values and back. Field names are COM's in lower camel case.
#pragma once

#include <windows.h>

#include <optional>

#include "com/annotations.h"
#include "com/params.h"
#include "jobs/structs.h"

namespace dosvc::com {

template <>
struct Writer<abi::BG_JOB_PROGRESS> {
  static Value Write(const abi::BG_JOB_PROGRESS& progress);
};
template <>
struct Writer<abi::BG_JOB_TIMES> {
  static Value Write(const abi::BG_JOB_TIMES& times);
};
template <>
struct Writer<abi::BG_FILE_PROGRESS> {
  static Value Write(const abi::BG_FILE_PROGRESS& progress);
};
template <>
struct Writer<abi::BG_JOB_REPLY_PROGRESS> {
  static Value Write(const abi::BG_JOB_REPLY_PROGRESS& progress);
};
template <>
struct Writer<abi::BG_FILE_RANGE> {
  static Value Write(const abi::BG_FILE_RANGE& range);
};

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
  OwnText remote_name_;
  OwnText local_name_;
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
  std::optional<OwnText> user_name_;
  std::optional<OwnText> password_;
  abi::BG_AUTH_CREDENTIALS credentials_{};
};

// Which member an id chooses, as bits5_0.idl's union has it. An id outside of the union's cases
// would fail in the proxy; it is refused before.
template <>
struct Union<abi::BITS_JOB_PROPERTY_VALUE> {
  static bool Has(abi::BITS_JOB_PROPERTY_ID id);
  static bool Read(abi::BITS_JOB_PROPERTY_ID id,
                   const Value& value,
                   abi::BITS_JOB_PROPERTY_VALUE* member);
  static Value Write(abi::BITS_JOB_PROPERTY_ID id, const abi::BITS_JOB_PROPERTY_VALUE& member);
};

template <>
struct Union<abi::BITS_FILE_PROPERTY_VALUE> {
  static bool Has(abi::BITS_FILE_PROPERTY_ID id);
  bool Read(abi::BITS_FILE_PROPERTY_ID id,
            const Value& value,
            abi::BITS_FILE_PROPERTY_VALUE* member);
  // Frees the string.
  static Value Write(abi::BITS_FILE_PROPERTY_ID id, const abi::BITS_FILE_PROPERTY_VALUE& member);

 private:
  OwnText string_;
};

}  // namespace dosvc::com

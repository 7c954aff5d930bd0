// SPDX-License-Identifier: MIT

#include "jobs/marshal.h"

namespace dosvc {
namespace abi {

using com::Number;

Value ToValue(const BG_JOB_PROGRESS& progress) {
  return Record{{"bytesTotal", Number(progress.BytesTotal)},
                {"bytesTransferred", Number(progress.BytesTransferred)},
                {"filesTotal", static_cast<double>(progress.FilesTotal)},
                {"filesTransferred", static_cast<double>(progress.FilesTransferred)}};
}

Value ToValue(const BG_JOB_TIMES& times) {
  return Record{{"creationTime", com::ToValue(times.CreationTime)},
                {"modificationTime", com::ToValue(times.ModificationTime)},
                {"transferCompletionTime", com::ToValue(times.TransferCompletionTime)}};
}

Value ToValue(const BG_FILE_PROGRESS& progress) {
  return Record{{"bytesTotal", Number(progress.BytesTotal)},
                {"bytesTransferred", Number(progress.BytesTransferred)},
                {"completed", progress.Completed != FALSE}};
}

Value ToValue(const BG_JOB_REPLY_PROGRESS& progress) {
  return Record{{"bytesTotal", Number(progress.BytesTotal)},
                {"bytesTransferred", Number(progress.BytesTransferred)}};
}

Value ToValue(const BG_FILE_RANGE& range) {
  return Record{{"initialOffset", Number(range.InitialOffset)}, {"length", Number(range.Length)}};
}

}  // namespace abi

namespace com {
namespace {

// These schemes send a name and a password; the others can use the logged-on user's credentials.
// https://learn.microsoft.com/windows/win32/api/bits1_5/ns-bits1_5-bg_basic_credentials
bool NeedsName(abi::BG_AUTH_SCHEME scheme) {
  return scheme == abi::BG_AUTH_SCHEME_BASIC || scheme == abi::BG_AUTH_SCHEME_DIGEST;
}

}  // namespace

bool Reader<abi::BG_FILE_RANGE>::Read(const Value& value) {
  return ReadField(value, "initialOffset", &range_.InitialOffset) &&
         ReadField(value, "length", &range_.Length);
}

bool Reader<abi::BG_FILE_INFO>::Read(const Value& value) {
  if (!ReadField(value, "remoteName", &remote_name_) ||
      !ReadField(value, "localName", &local_name_)) {
    return false;
  }
  info_ = {remote_name_.get(), local_name_.get()};
  return true;
}

bool Reader<abi::BG_AUTH_CREDENTIALS>::Read(const Value& value) {
  if (!ReadField(value, "target", &credentials_.Target) ||
      !ReadField(value, "scheme", &credentials_.Scheme) ||
      !ReadField(value, "userName", &user_name_) || !ReadField(value, "password", &password_)) {
    return false;
  }
  auto& basic = credentials_.Credentials.Basic;
  basic = {user_name_.get(), password_.get()};
  if (basic.UserName == nullptr)
    return basic.Password == nullptr && !NeedsName(credentials_.Scheme);
  return basic.Password != nullptr;
}

}  // namespace com
}  // namespace dosvc

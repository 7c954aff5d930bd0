// SPDX-License-Identifier: MIT

#include "jobs/marshal.h"

#include "com/guid.h"

namespace dosvc::com {
namespace {

bool ReadString(const Value* value, OwnText* string) {
  const auto* const given = value != nullptr ? value->As<std::u16string>() : nullptr;
  if (given == nullptr || given->find(u'\0') != std::u16string::npos) return false;
  string->text = *given;
  return true;
}

LPWSTR Writable(OwnText& string) { return reinterpret_cast<LPWSTR>(string.text.data()); }

bool ReadOptional(const Value* value, std::optional<OwnText>* string) {
  return value != nullptr && (value->IsNull() || ReadString(value, &string->emplace()));
}

LPWSTR Writable(std::optional<OwnText>& string) { return string ? Writable(*string) : nullptr; }

// These send a name and a password; the others can speak for the user who is logged on.
// https://learn.microsoft.com/windows/win32/api/bits1_5/ns-bits1_5-bg_basic_credentials
bool NeedsName(abi::BG_AUTH_SCHEME scheme) {
  return scheme == abi::BG_AUTH_SCHEME_BASIC || scheme == abi::BG_AUTH_SCHEME_DIGEST;
}

}  // namespace

Value Writer<abi::BG_JOB_PROGRESS>::Write(const abi::BG_JOB_PROGRESS& progress) {
  return Record{{"bytesTotal", Number(progress.BytesTotal)},
                {"bytesTransferred", Number(progress.BytesTransferred)},
                {"filesTotal", static_cast<double>(progress.FilesTotal)},
                {"filesTransferred", static_cast<double>(progress.FilesTransferred)}};
}

Value Writer<abi::BG_JOB_TIMES>::Write(const abi::BG_JOB_TIMES& times) {
  return Record{{"creationTime", Milliseconds(times.CreationTime)},
                {"modificationTime", Milliseconds(times.ModificationTime)},
                {"transferCompletionTime", Milliseconds(times.TransferCompletionTime)}};
}

Value Writer<abi::BG_FILE_PROGRESS>::Write(const abi::BG_FILE_PROGRESS& progress) {
  return Record{{"bytesTotal", Number(progress.BytesTotal)},
                {"bytesTransferred", Number(progress.BytesTransferred)},
                {"completed", progress.Completed != FALSE}};
}

Value Writer<abi::BG_JOB_REPLY_PROGRESS>::Write(const abi::BG_JOB_REPLY_PROGRESS& progress) {
  return Record{{"bytesTotal", Number(progress.BytesTotal)},
                {"bytesTransferred", Number(progress.BytesTransferred)}};
}

Value Writer<abi::BG_FILE_RANGE>::Write(const abi::BG_FILE_RANGE& range) {
  return Record{{"initialOffset", Number(range.InitialOffset)}, {"length", Number(range.Length)}};
}

bool Reader<abi::BG_FILE_RANGE>::Read(const Value& value) {
  return ReadSize(Find(value, "initialOffset"), &range_.InitialOffset) &&
         ReadSize(Find(value, "length"), &range_.Length);
}

bool Reader<abi::BG_FILE_INFO>::Read(const Value& value) {
  if (!ReadString(Find(value, "remoteName"), &remote_name_) ||
      !ReadString(Find(value, "localName"), &local_name_)) {
    return false;
  }
  info_ = {Writable(remote_name_), Writable(local_name_)};
  return true;
}

bool Reader<abi::BG_AUTH_CREDENTIALS>::Read(const Value& value) {
  const auto* const target = Find(value, "target");
  const auto* const scheme = Find(value, "scheme");
  int target_number = 0;
  int scheme_number = 0;
  if (target == nullptr || scheme == nullptr || !ReadNumber(*target, &target_number) ||
      !ReadNumber(*scheme, &scheme_number) || !ReadOptional(Find(value, "userName"), &user_name_) ||
      !ReadOptional(Find(value, "password"), &password_) ||
      user_name_.has_value() != password_.has_value()) {
    return false;
  }
  credentials_.Target = static_cast<abi::BG_AUTH_TARGET>(target_number);
  credentials_.Scheme = static_cast<abi::BG_AUTH_SCHEME>(scheme_number);
  credentials_.Credentials.Basic = {Writable(user_name_), Writable(password_)};
  return user_name_.has_value() || !NeedsName(credentials_.Scheme);
}

bool Union<abi::BITS_JOB_PROPERTY_VALUE>::Read(abi::BITS_JOB_PROPERTY_ID id,
                                               const Value& value,
                                               abi::BITS_JOB_PROPERTY_VALUE* member) {
  switch (id) {
    case abi::BITS_JOB_PROPERTY_ID_COST_FLAGS:
    case abi::BITS_JOB_PROPERTY_MINIMUM_NOTIFICATION_INTERVAL_MS:
      return ReadNumber(value, &member->Dword);
    case abi::BITS_JOB_PROPERTY_NOTIFICATION_CLSID: {
      const auto* const text = value.As<std::u16string>();
      const auto guid = text != nullptr ? ParseGuid(*text) : std::nullopt;
      if (guid) member->ClsID = *guid;
      return guid.has_value();
    }
    case abi::BITS_JOB_PROPERTY_DYNAMIC_CONTENT:
    case abi::BITS_JOB_PROPERTY_HIGH_PERFORMANCE:
    case abi::BITS_JOB_PROPERTY_ON_DEMAND_MODE: {
      const auto* const flag = value.As<bool>();
      if (flag != nullptr) member->Enable = *flag ? TRUE : FALSE;
      return flag != nullptr;
    }
    case abi::BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE:
      return ReadSize(&value, &member->Uint64);
    case abi::BITS_JOB_PROPERTY_USE_STORED_CREDENTIALS: {
      int target = 0;
      if (!ReadNumber(value, &target)) return false;
      member->Target = static_cast<abi::BG_AUTH_TARGET>(target);
      return true;
    }
  }
  return false;
}

Value Union<abi::BITS_JOB_PROPERTY_VALUE>::Write(abi::BITS_JOB_PROPERTY_ID id,
                                                 const abi::BITS_JOB_PROPERTY_VALUE& member) {
  switch (id) {
    case abi::BITS_JOB_PROPERTY_ID_COST_FLAGS:
    case abi::BITS_JOB_PROPERTY_MINIMUM_NOTIFICATION_INTERVAL_MS:
      return static_cast<double>(member.Dword);
    case abi::BITS_JOB_PROPERTY_NOTIFICATION_CLSID:
      return Spell(member.ClsID);
    case abi::BITS_JOB_PROPERTY_DYNAMIC_CONTENT:
    case abi::BITS_JOB_PROPERTY_HIGH_PERFORMANCE:
    case abi::BITS_JOB_PROPERTY_ON_DEMAND_MODE:
      return member.Enable != FALSE;
    case abi::BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE:
      return Number(member.Uint64);
    case abi::BITS_JOB_PROPERTY_USE_STORED_CREDENTIALS:
      return static_cast<double>(static_cast<int>(member.Target));
  }
  return {};
}

bool Union<abi::BITS_FILE_PROPERTY_VALUE>::Has(abi::BITS_FILE_PROPERTY_ID id) {
  return id == abi::BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS;
}

bool Union<abi::BITS_JOB_PROPERTY_VALUE>::Has(abi::BITS_JOB_PROPERTY_ID id) {
  switch (id) {
    case abi::BITS_JOB_PROPERTY_ID_COST_FLAGS:
    case abi::BITS_JOB_PROPERTY_NOTIFICATION_CLSID:
    case abi::BITS_JOB_PROPERTY_DYNAMIC_CONTENT:
    case abi::BITS_JOB_PROPERTY_HIGH_PERFORMANCE:
    case abi::BITS_JOB_PROPERTY_MAX_DOWNLOAD_SIZE:
    case abi::BITS_JOB_PROPERTY_USE_STORED_CREDENTIALS:
    case abi::BITS_JOB_PROPERTY_MINIMUM_NOTIFICATION_INTERVAL_MS:
    case abi::BITS_JOB_PROPERTY_ON_DEMAND_MODE:
      return true;
  }
  return false;
}

bool Union<abi::BITS_FILE_PROPERTY_VALUE>::Read(abi::BITS_FILE_PROPERTY_ID id,
                                                const Value& value,
                                                abi::BITS_FILE_PROPERTY_VALUE* member) {
  if (id != abi::BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS || !ReadString(&value, &string_)) {
    return false;
  }
  member->String = Writable(string_);
  return true;
}

Value Union<abi::BITS_FILE_PROPERTY_VALUE>::Write(abi::BITS_FILE_PROPERTY_ID id,
                                                  const abi::BITS_FILE_PROPERTY_VALUE& member) {
  if (id != abi::BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS) return {};
  return TakeString(member.String);
}

}  // namespace dosvc::com

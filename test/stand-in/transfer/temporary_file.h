// SPDX-License-Identifier: MIT
//
// The file that a transfer writes to: hidden, beside its target, and taken for it on Complete.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

class TemporaryFile final : public Target {
 public:
  explicit TemporaryFile(const std::wstring& path) : path_(path) {}
  ~TemporaryFile() override;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // Makes an empty hidden `DO*.tmp` of a new name beside the target, and gives its path. Where the
  // target cannot be written, so it fails: E_ACCESSDENIED, ERROR_PATH_NOT_FOUND and so on.
  static HRESULT Create(const std::wstring& target, std::wstring& path);

  // The temporary file becomes the target, and is hidden no more. A file that is there is replaced,
  // or it is ERROR_ALREADY_EXISTS.
  static HRESULT Publish(const std::wstring& path, const std::wstring& target, bool replaces);

  // Gives it the date of a Last-Modified. What is no date changes nothing.
  static void SetDate(const std::wstring& path, const std::wstring& last_modified);

  // Deletes it. Succeeds if it is gone already.
  static HRESULT Discard(const std::wstring& path);

  // Makes it where nothing is done yet.
  HRESULT Open(std::uint64_t& done) override;
  HRESULT Clear() override;
  HRESULT Append(const void* bytes, std::uint32_t size) override;

 private:
  const std::wstring path_;
  HANDLE handle_ = INVALID_HANDLE_VALUE;
};

}  // namespace dosvc_stand_in

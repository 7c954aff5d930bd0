// SPDX-License-Identifier: MIT
//
// The file that a transfer writes to: hidden, beside its target, and taken for it on Complete.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>

namespace dosvc_stand_in {

class TemporaryFile {
 public:
  TemporaryFile() = default;
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // Makes an empty hidden `DO*.tmp` of a new name beside the target, and gives its path. Where the
  // target cannot be written, so it fails: E_ACCESSDENIED, ERROR_PATH_NOT_FOUND and so on.
  static HRESULT Create(const std::wstring& target, std::wstring& path);

  // The temporary file becomes the target, in place of a file that is there, and is hidden no more.
  static HRESULT Publish(const std::wstring& path, const std::wstring& target);

  // Deletes it. One that is gone is well.
  static HRESULT Discard(const std::wstring& path);

  // Opens it to go on after `done` bytes, and makes it where nothing is done yet. Gives `done`, or
  // how much of that is really there.
  HRESULT Open(const std::wstring& path, std::uint64_t& done);

  // Nothing is in it any more.
  HRESULT Clear();

  // After the bytes that are there.
  HRESULT Append(const void* bytes, std::uint32_t size);

 private:
  HANDLE handle_ = INVALID_HANDLE_VALUE;
};

}  // namespace dosvc_stand_in

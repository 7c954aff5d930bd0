// SPDX-License-Identifier: MIT
//
// What a server's answer says of the file: its version, its size, and which bytes are coming.
#pragma once

#include <windows.h>
#include <winhttp.h>

#include <string>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

struct Answer {
  DWORD status = 0;
  std::wstring headers;  // as they came
  std::wstring etag;
  std::wstring last_modified;
  std::wstring location;
  std::uint64_t content_length = kUnknownSize;
  // Content-Range: of a 206 all three, of a 416 the size alone.
  std::uint64_t first = kUnknownSize;
  std::uint64_t last = kUnknownSize;
  std::uint64_t size = kUnknownSize;

  // How many bytes the body has.
  std::uint64_t Length() const;
};

Answer ReadAnswer(HINTERNET request);

}  // namespace dosvc_stand_in

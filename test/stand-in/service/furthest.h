// SPDX-License-Identifier: MIT
//
// How far the transfer of a file ever got. Bytes that come again, because the file was begun anew,
// are no progress: otherwise a server that always cuts would be asked for ever.
#pragma once

#include <cstdint>
#include <string>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

class Furthest {
 public:
  Furthest() = default;

  // Whether the transfer has come further than ever before. Another version of the file counts from
  // its start.
  bool Passed(const FileState& state) {
    const bool same = etag_ == state.etag && last_modified_ == state.last_modified &&
                      remote_size_ == state.remote_size;
    if (!same) *this = Furthest(state);
    if (state.done <= done_) return false;
    done_ = state.done;
    return true;
  }

 private:
  explicit Furthest(const FileState& version)
      : etag_(version.etag),
        last_modified_(version.last_modified),
        remote_size_(version.remote_size) {}

  std::uint64_t done_ = 0;
  std::wstring etag_;
  std::wstring last_modified_;
  std::uint64_t remote_size_ = kUnknownSize;
};

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT
//
// The sizes of the files that were transferred, by address, for as long as the process lives.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// DOC: microsoft/WindowsAppSDK#1732, MicrosoftDocs/msix-docs#191 and #260: the job API remembers a
// size until the service restarts. Of a file that has become longer, only the first bytes come, and
// one that has become shorter fails with DO_E_INSUFFICIENT_RANGE_SUPPORT. These threads are older
// than those about HEAD, and nobody says whether a size is still remembered since.
class RemoteSizes {
 public:
  std::uint64_t Find(const std::wstring& url) const {
    const std::lock_guard lock(mutex_);
    const auto found = sizes_.find(url);
    return found == sizes_.end() ? kUnknownSize : found->second;
  }
  void Remember(const std::wstring& url, std::uint64_t size) {
    const std::lock_guard lock(mutex_);
    sizes_[url] = size;
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    sizes_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::wstring, std::uint64_t> sizes_;
};

}  // namespace dosvc_stand_in

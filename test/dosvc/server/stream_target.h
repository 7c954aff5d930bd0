// SPDX-License-Identifier: MIT
//
// The stream of a client, as what a transfer writes to. Each Write is a call to the client's
// process, and takes as long as the client likes: nothing more is read from the network meanwhile.
#pragma once

#include <objidl.h>

#include <functional>
#include <utility>

#include "com/pointer.h"
#include "transfer/transfer.h"

namespace dosvc_stand_in {

class StreamTarget final : public Target {
 public:
  // `held`: true before each Write, and false after it.
  StreamTarget(dosvc::com::ComPtr<IStream> stream, std::function<void(bool)> held)
      : stream_(std::move(stream)), held_(std::move(held)) {}

  // What was written is the client's.
  HRESULT Open(std::uint64_t& done) override;
  HRESULT Clear() override;
  HRESULT Append(const void* bytes, std::uint32_t size) override;

 private:
  const dosvc::com::ComPtr<IStream> stream_;
  const std::function<void(bool)> held_;
  bool written_ = false;
};

}  // namespace dosvc_stand_in

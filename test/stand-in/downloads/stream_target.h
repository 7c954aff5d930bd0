// SPDX-License-Identifier: MIT
//
// A client's stream as the target of a transfer. Each Write is a call into the client's process and
// takes as long as the client needs. Meanwhile nothing more is read from the network.
#pragma once

#include <objidl.h>

#include <functional>
#include <utility>

#include "com/pointer.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

class StreamTarget final : public Target {
 public:
  // Calls `held` with true before each Write, and with false after it.
  StreamTarget(dosvc::com::ComPtr<IStream> stream, std::function<void(bool)> held)
      : stream_(std::move(stream)), held_(std::move(held)) {}

  // Bytes that were written belong to the client.
  HRESULT Open(std::uint64_t& done) override;
  HRESULT Clear() override;
  HRESULT Append(const void* bytes, std::uint32_t size) override;

 private:
  const dosvc::com::ComPtr<IStream> stream_;
  const std::function<void(bool)> held_;
  bool written_ = false;
};

}  // namespace dosvc_stand_in

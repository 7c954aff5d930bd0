// SPDX-License-Identifier: MIT
//
// Keeps a sink connected while a service may be returning it: Wine's COM ends the process if an
// object is disconnected while it is being unmarshalled. Any environment of the process may ask a
// service for another environment's sink, so one guard serves them all.
#pragma once

#include <windows.h>

#include <list>

#include "com/pointer.h"

namespace dosvc::com {

// While any exists, a service may return a sink, so Disconnect() takes effect when the last one
// ends.
class SinkReturn {
 public:
  SinkReturn();
  ~SinkReturn();
  SinkReturn(const SinkReturn&) = delete;
  SinkReturn& operator=(const SinkReturn&) = delete;
};

// [any] Disconnects the sinks, now or at the end of the last SinkReturn: from then on no service's
// call reaches them. Takes ownership of them, and allocates no memory.
void Disconnect(std::list<ComPtr<IUnknown>>& sinks) noexcept;

}  // namespace dosvc::com

// SPDX-License-Identifier: MIT

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

Stop::Stop() : event_(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}

Stop::~Stop() { CloseHandle(event_); }

void Stop::Request() { SetEvent(event_); }

bool Stop::WaitFor(std::chrono::milliseconds time) const {
  return WaitForSingleObject(event_, static_cast<DWORD>(time.count())) == WAIT_OBJECT_0;
}

}  // namespace dosvc_stand_in

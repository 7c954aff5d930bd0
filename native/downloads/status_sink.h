// SPDX-License-Identifier: MIT
//
// Our IDODownloadStatusCallback, a telling sink. Its status comes with the call and goes into the
// mailbox at once.
#pragma once

#include <memory>

#include "com/com_engine.h"

namespace dosvc::downloads {

// [JS]
ObjectRef MakeStatusSink(const std::shared_ptr<com::ComEngine>& engine, SubscriptionId number);

}  // namespace dosvc::downloads

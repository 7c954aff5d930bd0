// SPDX-License-Identifier: MIT
//
// Our IStream, an answering sink: what a service writes goes to JavaScript through a bounded pipe,
// and a Write waits on its own thread while that is full.
#pragma once

#include <memory>

#include "com/com_engine.h"

namespace dosvc::downloads {

// [JS] Options: { capacity }, in bytes.
ObjectRef MakeStreamSink(const std::shared_ptr<com::ComEngine>& engine,
                         SubscriptionId number,
                         const Value& options);

}  // namespace dosvc::downloads

// SPDX-License-Identifier: MIT
//
// Makes the download API's callback objects. Each is in a file of its own.
#pragma once

#include <memory>

#include "com/com_engine.h"

namespace dosvc::downloads {

// [JS]
ObjectRef MakeStatusSink(const std::shared_ptr<com::ComEngine>& engine, const Subscription& status);
// [JS] Options: { capacity }, in bytes.
ObjectRef MakeStreamSink(const std::shared_ptr<com::ComEngine>& engine, const Subscription& stream);

}  // namespace dosvc::downloads

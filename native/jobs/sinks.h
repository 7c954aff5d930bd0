// SPDX-License-Identifier: MIT
//
// Makes the job API's callback objects. Each is in a file of its own.
#pragma once

#include <memory>

#include "com/com_engine.h"

namespace dosvc::jobs {

// [JS] Its events are named after the callback's methods. Null if the target is not a job.
ObjectRef MakeJobSink(const std::shared_ptr<com::ComEngine>& engine, Subscription job);
// [JS]
ObjectRef MakeCertificateSink(const std::shared_ptr<com::ComEngine>& engine,
                              const Subscription& certificate);

}  // namespace dosvc::jobs

// SPDX-License-Identifier: MIT
//
// One subscription to a job's events. Its feed is found by the job's GUID; joining it is the first
// thing on the job's strand, before any later call on that job.
#pragma once

#include <memory>

#include "com/com_engine.h"

namespace dosvc::jobs {

// [JS] Options: { id (asked for where it is not given), flags: BG_NOTIFY_*, tells: the kinds of
// events, poll: milliseconds, keepFlags }.
// Events: 'state', 'progress' and 'modification' with { state, progress, error }; unasked, with
// { operation, hresult }, 'warning' where the service refuses to call back and 'lost' where the job
// cannot be read; with `lasts` where the look after it ended alike.
ObjectRef SubscribeToJob(const std::shared_ptr<com::ComEngine>& engine,
                         SubscriptionId number,
                         std::shared_ptr<com::ComObject> job,
                         const Value& options);

}  // namespace dosvc::jobs

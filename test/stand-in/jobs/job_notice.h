// SPDX-License-Identifier: MIT
//
// The notifications to a job's callback.
#pragma once

#include <memory>

#include "stand-in/service/notifier.h"

namespace dosvc_stand_in {

class Job;

enum class Event { kTransferred, kError, kModification };

Notice NoticeOf(std::shared_ptr<Job> job, Event event);

}  // namespace dosvc_stand_in

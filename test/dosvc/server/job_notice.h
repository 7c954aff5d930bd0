// SPDX-License-Identifier: MIT
//
// What a job's callback is told.
#pragma once

#include <memory>

#include "server/notifier.h"

namespace dosvc_stand_in {

class Job;

enum class Event { kTransferred, kError, kModification };

Notice NoticeOf(std::shared_ptr<Job> job, Event event);

}  // namespace dosvc_stand_in

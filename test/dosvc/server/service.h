// SPDX-License-Identifier: MIT
//
// The service behind its interfaces: the jobs and downloads, their disk, their transfers and their
// callbacks.
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/downloads.h"
#include "server/guid_less.h"
#include "server/notifier.h"
#include "server/queue.h"
#include "server/record.h"
#include "server/store.h"

namespace dosvc_stand_in {

class Job;

class Service {
 public:
  explicit Service(const std::wstring& folder)
      : store_(folder, L".job"), downloads_(folder, *this) {}

  // Takes up what is on disk, and begins to transfer.
  void Start();

  HRESULT CreateJob(const std::wstring& display_name, std::shared_ptr<Job>& job);
  std::shared_ptr<Job> Find(const GUID& id) const;
  std::vector<std::shared_ptr<Job>> Jobs() const;
  // Ends the jobs and downloads whose time is up.
  void DropOld();

  // For jobs.
  bool Save(const JobRecord& record);
  void Forget(const GUID& id);
  Downloads& downloads() { return downloads_; }
  Queue& queue() { return queue_; }
  Notifier& notifier() { return notifier_; }

 private:
  Store store_;
  Notifier notifier_;
  Queue queue_;
  Downloads downloads_;
  mutable std::mutex mutex_;
  std::map<GUID, std::shared_ptr<Job>, GuidLess> jobs_;
};

}  // namespace dosvc_stand_in

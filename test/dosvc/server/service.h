// SPDX-License-Identifier: MIT
//
// The service behind its interfaces: the jobs, their disk, their transfers and their callbacks.
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/notifier.h"
#include "server/queue.h"
#include "server/store.h"

namespace dosvc_stand_in {

class Job;

class Service {
 public:
  explicit Service(const std::wstring& folder) : store_(folder) {}

  // Takes up the jobs on disk, and begins to transfer.
  void Start();

  HRESULT CreateJob(const std::wstring& display_name, std::shared_ptr<Job>& job);
  std::shared_ptr<Job> Find(const GUID& id) const;
  std::vector<std::shared_ptr<Job>> Jobs() const;
  // Cancels the jobs whose time is up.
  void DropOldJobs();

  // For jobs.
  bool Save(const JobRecord& record) { return store_.Save(record); }
  void Forget(const GUID& id);
  Queue& queue() { return queue_; }
  Notifier& notifier() { return notifier_; }

 private:
  struct Less {
    bool operator()(const GUID& left, const GUID& right) const;
  };

  Store store_;
  Notifier notifier_;
  Queue queue_;
  mutable std::mutex mutex_;
  std::map<GUID, std::shared_ptr<Job>, Less> jobs_;
};

}  // namespace dosvc_stand_in

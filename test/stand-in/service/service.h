// SPDX-License-Identifier: MIT
//
// The service behind the COM interfaces: its jobs and downloads, with their records on disk, their
// transfers and their callbacks.
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "stand-in/downloads/downloads.h"
#include "stand-in/jobs/record.h"
#include "stand-in/service/guid_less.h"
#include "stand-in/service/notifier.h"
#include "stand-in/service/queue.h"
#include "stand-in/service/remote_sizes.h"
#include "stand-in/store/store.h"

namespace dosvc_stand_in {

class Job;

class Service {
 public:
  explicit Service(const std::wstring& folder)
      : store_(folder, L".job"), downloads_(folder, *this) {}

  // Loads the jobs and downloads from disk, and begins to transfer.
  void Start();

  HRESULT CreateJob(const std::wstring& display_name, std::shared_ptr<Job>& job);
  std::shared_ptr<Job> Find(const GUID& id) const;
  std::vector<std::shared_ptr<Job>> Jobs() const;
  // Ends the jobs and downloads that have expired.
  void DropOld();

  // For jobs.
  bool Save(const JobRecord& record);
  void Forget(const GUID& id);
  Downloads& downloads() { return downloads_; }
  Queue& queue() { return queue_; }
  Notifier& notifier() { return notifier_; }
  RemoteSizes& sizes() { return sizes_; }

 private:
  Store store_;
  Notifier notifier_;
  Queue queue_;
  RemoteSizes sizes_;
  Downloads downloads_;
  mutable std::mutex mutex_;
  std::map<GUID, std::shared_ptr<Job>, GuidLess> jobs_;
};

}  // namespace dosvc_stand_in

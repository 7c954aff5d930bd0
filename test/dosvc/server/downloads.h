// SPDX-License-Identifier: MIT
//
// All downloads of the service, and their disk.
#pragma once

#include <windows.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/download_record.h"
#include "server/guid_less.h"
#include "server/store.h"

namespace dosvc_stand_in {

class Download;
class Service;

class Downloads {
 public:
  using List = std::vector<std::shared_ptr<Download>>;

  Downloads(const std::wstring& folder, Service& service)
      : store_(folder, L".download"), service_(service) {}

  // Takes up those on disk, and clears away what is left of those that do not outlive the process.
  void TakeUp();

  HRESULT Create(std::shared_ptr<Download>& download);
  std::shared_ptr<Download> Find(const GUID& id) const;
  List All() const;
  void DropOld();
  // The world around the service has changed: what waited may go on.
  void LookAgain();

  // For downloads.
  // Calls `start` of one while no other is started. Before it, those that have the same target are
  // aborted.
  HRESULT Start(const Download& one,
                const std::wstring& target,
                const std::function<HRESULT()>& start);
  bool Save(const DownloadRecord& record);
  void Forget(const GUID& id);

 private:
  Store store_;
  Service& service_;
  std::mutex starting_;
  mutable std::mutex mutex_;
  std::map<GUID, std::shared_ptr<Download>, GuidLess> downloads_;  // guarded by mutex_
};

}  // namespace dosvc_stand_in

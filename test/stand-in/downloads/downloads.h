// SPDX-License-Identifier: MIT
//
// All downloads of the service, and their records on disk.
#pragma once

#include <windows.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "stand-in/downloads/download_record.h"
#include "stand-in/service/guid_less.h"
#include "stand-in/store/store.h"

namespace dosvc_stand_in {

class Download;
class Service;

class Downloads {
 public:
  using List = std::vector<std::shared_ptr<Download>>;

  Downloads(const std::wstring& folder, Service& service)
      : store_(folder, L".download"), service_(service) {}

  // Resumes the downloads saved on disk, and deletes the remains of those that do not outlive the
  // process.
  void TakeUp();

  HRESULT Create(std::shared_ptr<Download>& download);
  std::shared_ptr<Download> Find(const GUID& id) const;
  List All() const;
  void DropOld();
  // Called when a switch has changed: retries the downloads that wait.
  void LookAgain();

  // For downloads.
  // Aborts the other downloads with the same target, then calls `start`. Only one download starts
  // at a time.
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

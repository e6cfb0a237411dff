// Made from the API's description; don't edit. To renew it after a change of the routes:
// npx vitest run test/console-types.test.ts --update

export interface Operations {
  /**
   * Sign in with number and password; sets the session cookie
   */
  'POST /api/v1/session': {
    body: {
      number: string;
      password: string;
    };
    response: {
      person: {
        id: string;
        number: string;
        name: string;
        role:
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin';
        teamId: string | null;
        teamName: string | null;
        jobType: string;
        grade: number;
        locale: string;
      };
      csrfToken: string;
      now: number;
      permissions: {
        [k: string]: 'own' | 'team' | 'centre';
      };
    };
  };
  /**
   * Who is signed in with this browser, and what they may do
   */
  'GET /api/v1/session': {
    response: {
      person: {
        id: string;
        number: string;
        name: string;
        role:
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin';
        teamId: string | null;
        teamName: string | null;
        jobType: string;
        grade: number;
        locale: string;
      };
      csrfToken: string;
      now: number;
      permissions: {
        [k: string]: 'own' | 'team' | 'centre';
      };
    };
  };
  /**
   * Sign out
   */
  'DELETE /api/v1/session': {
    response: {};
  };
  /**
   * Recompute the audit chain against its rows
   */
  'POST /api/v1/audit/verification': {
    response: {
      sealed: number;
      unsealed: number;
      head: string;
      brokenAt: {
        no: number | null;
        auditId: string;
        reason: 'row_missing' | 'row_altered' | 'link_altered' | 'link_missing';
      } | null;
    };
  };
  /**
   * Who waits, longest first, and what I have in hand
   */
  'GET /api/v1/desk': {
    response: {
      now: number;
      waiting: {
        conversationId: string;
        episodeId: string;
        owner: 'bot' | 'queue' | 'agent';
        personId: string | null;
        personName: string | null;
        queue: string | null;
        reason: string | null;
        summary: {
          [k: string]: unknown;
        } | null;
        channel: string;
        locale: string;
        openedAt: number;
        queuedAt: number | null;
        takenAt: number | null;
        lastText: string;
        lastSeq: number;
      }[];
      mine: {
        conversationId: string;
        episodeId: string;
        owner: 'bot' | 'queue' | 'agent';
        personId: string | null;
        personName: string | null;
        queue: string | null;
        reason: string | null;
        summary: {
          [k: string]: unknown;
        } | null;
        channel: string;
        locale: string;
        openedAt: number;
        queuedAt: number | null;
        takenAt: number | null;
        lastText: string;
        lastSeq: number;
      }[];
    };
  };
  /**
   * Queues and wrap-up codes of the centre
   */
  'GET /api/v1/desk/settings': {
    response: {
      queues: {
        code: string;
        name: {
          [k: string]: string;
        };
      }[];
      wrapUpCodes: {
        code: string;
        name: {
          [k: string]: string;
        };
      }[];
    };
  };
  /**
   * Take a conversation that waits, or that the bot has (`from`); of several who try, one has it and the others get already_taken with its owner
   */
  'POST /api/v1/desk/conversations/:id/take': {
    params: {
      id: string;
    };
    body: {
      from?: 'queue' | 'bot';
    };
    response: {
      ok: true;
    };
  };
  /**
   * Give a conversation back to the bot
   */
  'POST /api/v1/desk/conversations/:id/release': {
    params: {
      id: string;
    };
    response: {
      ok: true;
    };
  };
  /**
   * End the service with its wrap-up code
   */
  'POST /api/v1/desk/conversations/:id/finish': {
    params: {
      id: string;
    };
    body: {
      wrapUp: string;
    };
    response: {
      ok: true;
    };
  };
  /**
   * Say something to the customer, or send files that I uploaded
   */
  'POST /api/v1/desk/conversations/:id/messages': {
    params: {
      id: string;
    };
    body: {
      text: string | '';
      files?: string[];
    };
    response: {
      seq: number;
    };
  };
  /**
   * Leave a note that only colleagues see
   */
  'POST /api/v1/desk/conversations/:id/notes': {
    params: {
      id: string;
    };
    body: {
      text: string;
    };
    response: {
      seq: number;
    };
  };
  /**
   * Show one message with the numbers that transcripts mask; the reason goes on the record
   */
  'POST /api/v1/conversations/:id/reveal': {
    params: {
      id: string;
    };
    body: {
      seq: number;
      reason: string;
    };
    response: {
      text: string;
    };
  };
  /**
   * Who is at the desk
   */
  'GET /api/v1/presence': {
    response: {
      people: {
        personId: string;
        number: string;
        name: string;
        teamId: string | null;
        status: 'available' | 'away' | 'offline';
        changedAt: number | null;
      }[];
    };
  };
  /**
   * Set a presence: one’s own, or with personId that of a colleague in reach
   */
  'PUT /api/v1/presence': {
    body: {
      status: 'available' | 'away' | 'offline';
      personId?: string;
    };
    response: {
      personId: string;
      status: 'available' | 'away' | 'offline';
    };
  };
  /**
   * A conversation and the episode it is in, or was in last
   */
  'GET /api/v1/conversations/:id': {
    params: {
      id: string;
    };
    response: {
      id: string;
      channel: string;
      site: string;
      locale: string;
      customerId: string | null;
      episode: {
        id: string;
        owner: 'bot' | 'queue' | 'agent';
        personId: string | null;
        personName: string | null;
        queue: string | null;
        reason: string | null;
        summary: {
          [k: string]: unknown;
        } | null;
        wrapUp: string | null;
        openedAt: number;
        closedAt: number | null;
      } | null;
      createdAt: number;
    };
  };
  /**
   * The transcript after a place in it, oldest first, notes included
   */
  'GET /api/v1/conversations/:id/messages': {
    params: {
      id: string;
    };
    query: {
      after?: number;
      limit?: number;
    };
    response: {
      messages: {
        seq: number;
        author: 'customer' | 'staff' | 'bot' | 'agent' | 'system';
        name: string | null;
        visibility: 'all' | 'customer' | 'staff';
        text: string;
        state: 'sent' | 'superseded';
        at: number;
        outcome: string | null;
        sources: {
          id: string;
          title: string;
        }[];
        actions: string[];
        files: {
          id: string;
          name: string;
          type: string;
          size: number;
          state: 'stored' | 'pending' | 'failed';
        }[];
      }[];
      next: number | null;
    };
  };
  /**
   * Which of the newest messages did not arrive or wait to be sent, and why
   */
  'GET /api/v1/conversations/:id/hindered': {
    params: {
      id: string;
    };
    response: {
      mark: string | null;
      messages: {
        seq: number;
        state: 'waiting' | 'undelivered' | 'unsure';
        why: ('blocked' | 'unknown' | 'gave_up' | 'reported' | 'channel_off' | 'refused') | null;
      }[];
    };
  };
  /**
   * Show the customer that I am typing; nothing is kept
   */
  'POST /api/v1/desk/conversations/:id/typing': {
    params: {
      id: string;
    };
    response: {
      ok: true;
    };
  };
  /**
   * Live updates of the streams named, from a watermark on
   */
  'GET /api/v1/live': {
    query: {
      streams: string;
      watermark?: string;
    };
    response:
      | {
          stream: string;
          type: 'message';
          message: {
            seq: number;
            author: 'customer' | 'staff' | 'bot' | 'agent' | 'system';
            name: string | null;
            visibility: 'all' | 'customer' | 'staff';
            text: string;
            state: 'sent' | 'superseded';
            at: number;
            outcome: string | null;
            sources: {
              id: string;
              title: string;
            }[];
            actions: string[];
            files: {
              id: string;
              name: string;
              type: string;
              size: number;
              state: 'stored' | 'pending' | 'failed';
            }[];
          };
        }
      | {
          stream: string;
          type: 'typing';
        }
      | {
          stream: string;
          type: string;
          data: {
            [k: string]: unknown;
          };
        };
  };
  /**
   * A Direct Line token for one’s own conversation with the staff bot
   */
  'POST /api/v1/staff/directline-token': {
    response: {
      conversationId: string;
      token: string;
      expires_in: number;
    };
  };
  /**
   * What is left of a colleague’s days of a year
   */
  'GET /api/v1/leaves/ledger/:personId': {
    params: {
      personId: string;
    };
    query: {
      year: number;
    };
    response: {
      balances: {
        kind: 'personal' | 'special' | 'sick' | 'official' | 'study';
        year: number;
        daysPerYear: number;
        left: number;
      }[];
    };
  };
  /**
   * Add to a colleague’s days of a year, or take off; on record, and the colleague is told
   */
  'POST /api/v1/leaves/ledger/:personId': {
    params: {
      personId: string;
    };
    body: {
      kind: 'personal' | 'special' | 'sick' | 'official' | 'study';
      year: number;
      days: number;
      note: string;
    };
    response: {
      kind: 'personal' | 'special' | 'sick' | 'official' | 'study';
      year: number;
      daysPerYear: number;
      left: number;
    };
  };
  /**
   * Leave requests: those that wait for one’s decision, the team’s, or one’s own
   */
  'GET /api/v1/leaves': {
    query: {
      view: 'waiting' | 'team' | 'mine';
    };
    response: {
      leaves: {
        id: string;
        person: string;
        number: string;
        state: 'pending' | 'approved' | 'refused' | 'withdrawn';
        leave: string;
        standing: string;
        from: string;
        to: string;
        facts: {
          label: string;
          value: string;
        }[];
        overdue: boolean;
        certificate: ('due' | 'handed_in' | 'accepted' | 'missing') | null;
        certificates: {
          id: string;
          name: string;
          from: string;
          to: string;
          state: 'waiting' | 'accepted' | 'refused';
        }[];
        can: {
          decide: boolean;
          withdraw: boolean;
          back: 'no' | 'yes' | 'early';
          handIn: boolean;
          manage: boolean;
        };
      }[];
    };
  };
  /**
   * Approve or refuse a request, if it is one’s turn
   */
  'POST /api/v1/leaves/:id/decide': {
    params: {
      id: string;
    };
    body: {
      action: 'approve' | 'refuse';
      note?: string;
    };
    response: {
      id: string;
      person: string;
      number: string;
      state: 'pending' | 'approved' | 'refused' | 'withdrawn';
      leave: string;
      standing: string;
      from: string;
      to: string;
      facts: {
        label: string;
        value: string;
      }[];
      overdue: boolean;
      certificate: ('due' | 'handed_in' | 'accepted' | 'missing') | null;
      certificates: {
        id: string;
        name: string;
        from: string;
        to: string;
        state: 'waiting' | 'accepted' | 'refused';
      }[];
      can: {
        decide: boolean;
        withdraw: boolean;
        back: 'no' | 'yes' | 'early';
        handIn: boolean;
        manage: boolean;
      };
    };
  };
  /**
   * Take back one’s own request that waits or has not begun
   */
  'POST /api/v1/leaves/:id/withdraw': {
    params: {
      id: string;
    };
    response: {
      id: string;
      person: string;
      number: string;
      state: 'pending' | 'approved' | 'refused' | 'withdrawn';
      leave: string;
      standing: string;
      from: string;
      to: string;
      facts: {
        label: string;
        value: string;
      }[];
      overdue: boolean;
      certificate: ('due' | 'handed_in' | 'accepted' | 'missing') | null;
      certificates: {
        id: string;
        name: string;
        from: string;
        to: string;
        state: 'waiting' | 'accepted' | 'refused';
      }[];
      can: {
        decide: boolean;
        withdraw: boolean;
        back: 'no' | 'yes' | 'early';
        handIn: boolean;
        manage: boolean;
      };
    };
  };
  /**
   * Report back from leave; `early` ends one that still runs
   */
  'POST /api/v1/leaves/:id/return': {
    params: {
      id: string;
    };
    body: {
      early?: boolean;
    };
    response: {
      id: string;
      person: string;
      number: string;
      state: 'pending' | 'approved' | 'refused' | 'withdrawn';
      leave: string;
      standing: string;
      from: string;
      to: string;
      facts: {
        label: string;
        value: string;
      }[];
      overdue: boolean;
      certificate: ('due' | 'handed_in' | 'accepted' | 'missing') | null;
      certificates: {
        id: string;
        name: string;
        from: string;
        to: string;
        state: 'waiting' | 'accepted' | 'refused';
      }[];
      can: {
        decide: boolean;
        withdraw: boolean;
        back: 'no' | 'yes' | 'early';
        handIn: boolean;
        manage: boolean;
      };
    };
  };
  /**
   * Hand in a certificate that was uploaded before, with the dates that it names
   */
  'POST /api/v1/leaves/:id/certificates': {
    params: {
      id: string;
    };
    body: {
      fileId: string;
      from: string;
      to: string;
    };
    response: {
      id: string;
      person: string;
      number: string;
      state: 'pending' | 'approved' | 'refused' | 'withdrawn';
      leave: string;
      standing: string;
      from: string;
      to: string;
      facts: {
        label: string;
        value: string;
      }[];
      overdue: boolean;
      certificate: ('due' | 'handed_in' | 'accepted' | 'missing') | null;
      certificates: {
        id: string;
        name: string;
        from: string;
        to: string;
        state: 'waiting' | 'accepted' | 'refused';
      }[];
      can: {
        decide: boolean;
        withdraw: boolean;
        back: 'no' | 'yes' | 'early';
        handIn: boolean;
        manage: boolean;
      };
    };
  };
  /**
   * Take a certificate or give it back
   */
  'POST /api/v1/certificates/:id/decide': {
    params: {
      id: string;
    };
    body: {
      accept: boolean;
      note?: string;
    };
    response: {
      id: string;
      person: string;
      number: string;
      state: 'pending' | 'approved' | 'refused' | 'withdrawn';
      leave: string;
      standing: string;
      from: string;
      to: string;
      facts: {
        label: string;
        value: string;
      }[];
      overdue: boolean;
      certificate: ('due' | 'handed_in' | 'accepted' | 'missing') | null;
      certificates: {
        id: string;
        name: string;
        from: string;
        to: string;
        state: 'waiting' | 'accepted' | 'refused';
      }[];
      can: {
        decide: boolean;
        withdraw: boolean;
        back: 'no' | 'yes' | 'early';
        handIn: boolean;
        manage: boolean;
      };
    };
  };
  /**
   * The file of a certificate, for its person and for who leads the team; each look is on record
   */
  'GET /api/v1/certificates/:id/file': {
    params: {
      id: string;
    };
    response: unknown;
  };
  /**
   * The table of public holidays in force
   */
  'GET /api/v1/holidays': {
    response: {
      coveredFrom: string;
      coveredThrough: string;
      periods: {
        name: {
          'zh-CN': string;
          en: string;
        };
        from: string;
        to: string;
        makeUpWorkdays: string[];
      }[];
    };
  };
  /**
   * Import a year of holidays from CSV or pasted cells; without `save` only what is wrong with it is told
   */
  'POST /api/v1/holidays/import': {
    body: {
      year: number;
      text: string;
      save: boolean;
    };
    response: {
      periods: {
        name: {
          'zh-CN': string;
          en: string;
        };
        from: string;
        to: string;
        makeUpWorkdays: string[];
      }[];
      problems: {
        line: number;
        code: string;
        text: string;
      }[];
      joins: boolean;
      saved: boolean;
    };
  };
  /**
   * The accounts of channels that are linked to me, and those that I can link
   */
  'GET /api/v1/my/channels': {
    response: {
      linked: {
        id: string;
        name: string;
        account: string;
      }[];
      open: {
        id: string;
        name: string;
      }[];
    };
  };
  /**
   * A one-time code, to be sent to a staff account of a channel: it links that channel to me
   */
  'POST /api/v1/my/channels/code': {
    response: {
      code: string;
      expiresAt: number;
      now: number;
    };
  };
  /**
   * Unlink a channel from me
   */
  'DELETE /api/v1/my/channels/:id': {
    params: {
      id: string;
    };
    response: {
      unlinked: true;
    };
  };
  /**
   * The customer’s conversations on other channels, which they have joined by a code
   */
  'GET /api/v1/conversations/:id/joined': {
    params: {
      id: string;
    };
    response: {
      conversations: {
        conversationId: string;
        addressId: string;
        account: string;
        name: string;
        lastAt: number | null;
      }[];
    };
  };
  /**
   * Take this conversation’s address out of what it was joined to
   */
  'POST /api/v1/conversations/:id/part': {
    params: {
      id: string;
    };
    response: {
      parted: true;
    };
  };
  /**
   * Tier and region of the customer, and what they can be
   */
  'GET /api/v1/conversations/:id/customer': {
    params: {
      id: string;
    };
    response: {
      tier: string;
      region: string | null;
      tiers: string[];
      regions: string[];
    };
  };
  /**
   * Set tier and region of the customer, on all their joined channels
   */
  'PUT /api/v1/conversations/:id/customer': {
    params: {
      id: string;
    };
    body: {
      tier: string;
      region: string | null;
    };
    response: {
      tier: string;
      region: string | null;
    };
  };
  /**
   * Messages that did not arrive, the newest first
   */
  'GET /api/v1/deliveries/undelivered': {
    query: {
      account?: string;
      why?: 'blocked' | 'unknown' | 'gave_up' | 'reported' | 'channel_off' | 'refused';
      class?: 'reply' | 'notice';
      broadcast?: string;
      cursor?: string;
      limit?: number;
    };
    response: {
      deliveries: {
        id: string;
        conversationId: string;
        account: string;
        accountName: string;
        text: string;
        why: 'blocked' | 'unknown' | 'gave_up' | 'reported' | 'channel_off' | 'refused';
        error: string;
        class: 'reply' | 'notice';
        attempts: number;
        createdAt: number;
        endedAt: number;
        resentAt: number | null;
      }[];
      next: string | null;
      resendable: number;
    };
  };
  /**
   * Send it again, at the end of its lane, marked late
   */
  'POST /api/v1/deliveries/:id/resend': {
    params: {
      id: string;
    };
    response: {
      queued: true;
    };
  };
  /**
   * Send again all that match, the oldest first; each once, however often it is asked for
   */
  'POST /api/v1/deliveries/resend': {
    body: {
      account?: string;
      why?: 'blocked' | 'unknown' | 'gave_up' | 'reported' | 'channel_off' | 'refused';
      class?: 'reply' | 'notice';
      broadcast?: string;
      atMost: number;
    };
    response: {
      queued: number;
      left: number;
    };
  };
  /**
   * Accounts over which broadcasts can be sent
   */
  'GET /api/v1/broadcast-accounts': {
    response: {
      accounts: {
        id: string;
        name: string;
        counted: boolean;
      }[];
      optOutWord: string;
    };
  };
  /**
   * Broadcasts, the newest first
   */
  'GET /api/v1/broadcasts': {
    query: {
      cursor?: string;
      limit?: number;
    };
    response: {
      broadcasts: {
        id: string;
        title: string;
        account: string;
        accountName: string | null;
        state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
        recipients: number;
        segments: number | null;
        perMinute: number;
        author: string | null;
        approver: string | null;
        createdAt: number;
        startAt: number | null;
        startedAt: number | null;
        endedAt: number | null;
      }[];
      next: string | null;
    };
  };
  /**
   * A broadcast, what was found in its list, and how far it has come
   */
  'GET /api/v1/broadcasts/:id': {
    params: {
      id: string;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Begin a broadcast
   */
  'POST /api/v1/broadcasts': {
    body: {
      title: string;
      text: string;
      account: string;
      perMinute: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Write a draft anew, by its author; version_changed if it was written since `revision`
   */
  'PUT /api/v1/broadcasts/:id': {
    params: {
      id: string;
    };
    body: {
      title: string;
      text: string;
      account: string;
      perMinute: number;
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * The recipients, as a CSV file in the request body, in the place of those before
   */
  'PUT /api/v1/broadcasts/:id/audience': {
    params: {
      id: string;
    };
    body: unknown;
    response: unknown;
  };
  /**
   * Send the text to a few numbers, to see how it arrives
   */
  'POST /api/v1/broadcasts/:id/test': {
    params: {
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 5
       */
      numbers: string[];
    };
    response: {
      queued: number;
    };
  };
  /**
   * Saved filters, and what customers can be told apart by
   */
  'GET /api/v1/broadcast-filters': {
    response: {
      filters: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
        updatedAt: number;
      }[];
      tiers: string[];
      regions: string[];
    };
  };
  /**
   * Whom a filter finds now over an account: how many, and a few of them, masked
   */
  'POST /api/v1/broadcast-filters/preview': {
    body: {
      account: string;
      criteria: {
        /**
         * @maxItems 50
         */
        tiers: string[];
        /**
         * @maxItems 50
         */
        regions: string[];
        /**
         * @maxItems 2
         */
        locales: ('zh-CN' | 'en')[];
        contactedWithin: number | null;
        silentFor: number | null;
        openTicket: boolean | null;
      };
    };
    response: {
      found: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      };
      sample: {
        address: string;
        locale: string;
        tier: string;
        region: string | null;
        lastAt: number | null;
      }[];
    };
  };
  /**
   * Save a filter by a name of its own
   */
  'POST /api/v1/broadcast-filters': {
    body: {
      name: string;
      criteria: {
        /**
         * @maxItems 50
         */
        tiers: string[];
        /**
         * @maxItems 50
         */
        regions: string[];
        /**
         * @maxItems 2
         */
        locales: ('zh-CN' | 'en')[];
        contactedWithin: number | null;
        silentFor: number | null;
        openTicket: boolean | null;
      };
    };
    response: {
      id: string;
      name: string;
      criteria: {
        /**
         * @maxItems 50
         */
        tiers: string[];
        /**
         * @maxItems 50
         */
        regions: string[];
        /**
         * @maxItems 2
         */
        locales: ('zh-CN' | 'en')[];
        contactedWithin: number | null;
        silentFor: number | null;
        openTicket: boolean | null;
      };
      updatedAt: number;
    };
  };
  /**
   * Change what a saved filter asks; broadcasts that took it keep what it asked then
   */
  'PUT /api/v1/broadcast-filters/:id': {
    params: {
      id: string;
    };
    body: {
      criteria: {
        /**
         * @maxItems 50
         */
        tiers: string[];
        /**
         * @maxItems 50
         */
        regions: string[];
        /**
         * @maxItems 2
         */
        locales: ('zh-CN' | 'en')[];
        contactedWithin: number | null;
        silentFor: number | null;
        openTicket: boolean | null;
      };
    };
    response: {
      id: string;
      name: string;
      criteria: {
        /**
         * @maxItems 50
         */
        tiers: string[];
        /**
         * @maxItems 50
         */
        regions: string[];
        /**
         * @maxItems 2
         */
        locales: ('zh-CN' | 'en')[];
        contactedWithin: number | null;
        silentFor: number | null;
        openTicket: boolean | null;
      };
      updatedAt: number;
    };
  };
  /**
   * Delete a saved filter
   */
  'DELETE /api/v1/broadcast-filters/:id': {
    params: {
      id: string;
    };
    response: {};
  };
  /**
   * Take a saved filter as audience, in the place of a list
   */
  'PUT /api/v1/broadcasts/:id/filter': {
    params: {
      id: string;
    };
    body: {
      filterId: string;
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Submit a broadcast
   */
  'POST /api/v1/broadcasts/:id/submit': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Withdraw a broadcast
   */
  'POST /api/v1/broadcasts/:id/withdraw': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Approve a broadcast
   */
  'POST /api/v1/broadcasts/:id/approve': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Pause a broadcast
   */
  'POST /api/v1/broadcasts/:id/pause': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Resume a broadcast
   */
  'POST /api/v1/broadcasts/:id/resume': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Cancel a broadcast
   */
  'POST /api/v1/broadcasts/:id/cancel': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Send a broadcast back to its author, with a word why
   */
  'POST /api/v1/broadcasts/:id/reject': {
    params: {
      id: string;
    };
    body: {
      revision: number;
      remark: string;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Send it now, or from a moment on; quiet hours hold it back
   */
  'POST /api/v1/broadcasts/:id/start': {
    params: {
      id: string;
    };
    body: {
      revision: number;
      startAt: number | null;
    };
    response: {
      id: string;
      title: string;
      account: string;
      accountName: string | null;
      state: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled';
      recipients: number;
      segments: number | null;
      perMinute: number;
      author: string | null;
      approver: string | null;
      createdAt: number;
      startAt: number | null;
      startedAt: number | null;
      endedAt: number | null;
      text: string;
      revision: number;
      mine: boolean;
      remark: string | null;
      audience: {
        lines: number;
        usable: number;
        invalid: number;
        duplicate: number;
        optedOut: number;
        refused: number;
        problems: {
          line: number;
          value: string;
          problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
        }[];
      } | null;
      filter: {
        id: string;
        name: string;
        criteria: {
          /**
           * @maxItems 50
           */
          tiers: string[];
          /**
           * @maxItems 50
           */
          regions: string[];
          /**
           * @maxItems 2
           */
          locales: ('zh-CN' | 'en')[];
          contactedWithin: number | null;
          silentFor: number | null;
          openTicket: boolean | null;
        };
      } | null;
      progress: {
        waiting: number;
        queued: number;
        sent: number;
        failed: number;
        skipped: number;
        stopped: number;
        delivered: number;
        optedOut: number;
      };
      quietUntil: number | null;
      channelOn: boolean;
    };
  };
  /**
   * Kinds and categories of tickets, and the departments they go to
   */
  'GET /api/v1/tickets/settings': {
    response: {
      kinds: {
        id: string;
        name: string;
        categories: {
          id: string;
          name: string;
        }[];
      }[];
      departments: {
        id: string;
        name: string;
      }[];
    };
  };
  /**
   * Tickets, newest first
   */
  'GET /api/v1/tickets': {
    query: {
      state?: 'open' | 'dispatched' | 'answered' | 'closed';
      owner?: ('me' | 'none') | string;
      conversation?: string;
      cursor?: string;
      limit?: number;
    };
    response: {
      now: number;
      tickets: {
        id: string;
        number: string;
        kind: {
          id: string;
          name: string;
        };
        category: {
          id: string;
          name: string;
        };
        description: string;
        contact: string;
        state: 'open' | 'dispatched' | 'answered' | 'closed';
        conversationId: string | null;
        owner: {
          id: string;
          name: string;
        } | null;
        department: {
          id: string;
          name: string;
        } | null;
        dispatch: {
          dueAt: number;
          colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
          doneAt: number | null;
        };
        due: {
          dueAt: number;
          colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
          doneAt: number | null;
        };
        createdAt: number;
        createdBy: string;
        version: number;
      }[];
      next: string | null;
    };
  };
  /**
   * One ticket, with what happened to it and what I may do
   */
  'GET /api/v1/tickets/:id': {
    params: {
      id: string;
    };
    response: {
      id: string;
      number: string;
      kind: {
        id: string;
        name: string;
      };
      category: {
        id: string;
        name: string;
      };
      description: string;
      contact: string;
      state: 'open' | 'dispatched' | 'answered' | 'closed';
      conversationId: string | null;
      owner: {
        id: string;
        name: string;
      } | null;
      department: {
        id: string;
        name: string;
      } | null;
      dispatch: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      due: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      createdAt: number;
      createdBy: string;
      version: number;
      files: {
        id: string;
        name: string;
        type: string;
        size: number;
        state: 'stored' | 'pending' | 'failed';
      }[];
      acts: ('dispatch' | 'answer' | 'note' | 'close')[];
      steps: {
        kind: string;
        by: string;
        name: string | null;
        note: string;
        at: number;
      }[];
    };
  };
  /**
   * Accept a ticket, usually from a conversation; whoever makes it owns it
   */
  'POST /api/v1/tickets': {
    body: {
      conversationId?: string;
      kind: string;
      category: string;
      description: string;
      contact: string;
    };
    response: {
      id: string;
      number: string;
      dispatchDueAt: number;
      dueAt: number;
    };
  };
  /**
   * Dispatch a ticket to the department that is responsible
   */
  'POST /api/v1/tickets/:id/dispatch': {
    params: {
      id: string;
    };
    body: {
      departmentId: string;
      note?: string;
      version?: number;
    };
    response: {
      id: string;
      number: string;
      kind: {
        id: string;
        name: string;
      };
      category: {
        id: string;
        name: string;
      };
      description: string;
      contact: string;
      state: 'open' | 'dispatched' | 'answered' | 'closed';
      conversationId: string | null;
      owner: {
        id: string;
        name: string;
      } | null;
      department: {
        id: string;
        name: string;
      } | null;
      dispatch: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      due: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      createdAt: number;
      createdBy: string;
      version: number;
      files: {
        id: string;
        name: string;
        type: string;
        size: number;
        state: 'stored' | 'pending' | 'failed';
      }[];
      acts: ('dispatch' | 'answer' | 'note' | 'close')[];
      steps: {
        kind: string;
        by: string;
        name: string | null;
        note: string;
        at: number;
      }[];
    };
  };
  /**
   * Enter the department’s answer
   */
  'POST /api/v1/tickets/:id/answer': {
    params: {
      id: string;
    };
    body: {
      note: string;
      version?: number;
    };
    response: {
      id: string;
      number: string;
      kind: {
        id: string;
        name: string;
      };
      category: {
        id: string;
        name: string;
      };
      description: string;
      contact: string;
      state: 'open' | 'dispatched' | 'answered' | 'closed';
      conversationId: string | null;
      owner: {
        id: string;
        name: string;
      } | null;
      department: {
        id: string;
        name: string;
      } | null;
      dispatch: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      due: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      createdAt: number;
      createdBy: string;
      version: number;
      files: {
        id: string;
        name: string;
        type: string;
        size: number;
        state: 'stored' | 'pending' | 'failed';
      }[];
      acts: ('dispatch' | 'answer' | 'note' | 'close')[];
      steps: {
        kind: string;
        by: string;
        name: string | null;
        note: string;
        at: number;
      }[];
    };
  };
  /**
   * Leave a note on a ticket
   */
  'POST /api/v1/tickets/:id/note': {
    params: {
      id: string;
    };
    body: {
      note: string;
      version?: number;
    };
    response: {
      id: string;
      number: string;
      kind: {
        id: string;
        name: string;
      };
      category: {
        id: string;
        name: string;
      };
      description: string;
      contact: string;
      state: 'open' | 'dispatched' | 'answered' | 'closed';
      conversationId: string | null;
      owner: {
        id: string;
        name: string;
      } | null;
      department: {
        id: string;
        name: string;
      } | null;
      dispatch: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      due: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      createdAt: number;
      createdBy: string;
      version: number;
      files: {
        id: string;
        name: string;
        type: string;
        size: number;
        state: 'stored' | 'pending' | 'failed';
      }[];
      acts: ('dispatch' | 'answer' | 'note' | 'close')[];
      steps: {
        kind: string;
        by: string;
        name: string | null;
        note: string;
        at: number;
      }[];
    };
  };
  /**
   * Close a ticket, with what came of it
   */
  'POST /api/v1/tickets/:id/close': {
    params: {
      id: string;
    };
    body: {
      note: string;
      version?: number;
    };
    response: {
      id: string;
      number: string;
      kind: {
        id: string;
        name: string;
      };
      category: {
        id: string;
        name: string;
      };
      description: string;
      contact: string;
      state: 'open' | 'dispatched' | 'answered' | 'closed';
      conversationId: string | null;
      owner: {
        id: string;
        name: string;
      } | null;
      department: {
        id: string;
        name: string;
      } | null;
      dispatch: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      due: {
        dueAt: number;
        colour: 'ok' | 'warning' | 'overdue' | 'met' | 'missed';
        doneAt: number | null;
      };
      createdAt: number;
      createdBy: string;
      version: number;
      files: {
        id: string;
        name: string;
        type: string;
        size: number;
        state: 'stored' | 'pending' | 'failed';
      }[];
      acts: ('dispatch' | 'answer' | 'note' | 'close')[];
      steps: {
        kind: string;
        by: string;
        name: string | null;
        note: string;
        at: number;
      }[];
    };
  };
  /**
   * Show the contact in clear; the reason goes on the record
   */
  'POST /api/v1/tickets/:id/reveal': {
    params: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: {
      contact: string;
    };
  };
  /**
   * What is published, one JSON a line: what the import and `npm run eval` read
   */
  'GET /api/v1/entries/export': {
    response: unknown;
  };
  /**
   * Preview new entries of a JSONL, CSV or XLSX file, in the request body; with `apply` publish them, all or nothing
   */
  'POST /api/v1/entries/import': {
    query: {
      apply?: 'true' | 'false';
    };
    body: unknown;
    response: unknown;
  };
  /**
   * Withdraw what an import published, but for what was changed since
   */
  'POST /api/v1/entries/imports/:id/undo': {
    params: {
      id: string;
    };
    response: {
      withdrawn: number;
      kept: number;
    };
  };
  /**
   * Entries whose id, title, wording or place in the catalogue contains a text
   */
  'GET /api/v1/entries': {
    query: {
      text?: string;
      after?: string;
      limit?: number;
    };
    response: {
      now: number;
      entries: {
        title: string;
        questions: string[];
        body: string;
        sms: string;
        validFrom: string;
        validTo: string | null;
        id: string;
        language: 'zh' | 'en';
        catalogue: string;
        department: string;
        action: string | null;
        state: 'draft' | 'published' | 'withdrawn';
        revision: number;
        updatedAt: number;
      }[];
      next: string | null;
    };
  };
  /**
   * An entry with every wording it ever had, newest first
   */
  'GET /api/v1/entries/:id': {
    params: {
      id: string;
    };
    response: {
      entry: {
        title: string;
        questions: string[];
        body: string;
        sms: string;
        validFrom: string;
        validTo: string | null;
        id: string;
        language: 'zh' | 'en';
        catalogue: string;
        department: string;
        action: string | null;
        state: 'draft' | 'published' | 'withdrawn';
        revision: number;
        updatedAt: number;
      };
      revisions: {
        number: number;
        title: string;
        questions: string[];
        body: string;
        sms: string;
        validFrom: string;
        validTo: string | null;
        state: 'published' | 'withdrawn';
        author: string | null;
        note: string;
        createdAt: number;
      }[];
    };
  };
  /**
   * Publish a new wording; version_changed if somebody published since the revision named
   */
  'PUT /api/v1/entries/:id': {
    params: {
      id: string;
    };
    body: {
      title: string;
      /**
       * @maxItems 100
       */
      questions: string[];
      body: string;
      sms: string;
      validFrom: string;
      validTo: string | null;
      revision: number;
      note?: string;
    };
    response: {
      title: string;
      questions: string[];
      body: string;
      sms: string;
      validFrom: string;
      validTo: string | null;
      id: string;
      language: 'zh' | 'en';
      catalogue: string;
      department: string;
      action: string | null;
      state: 'draft' | 'published' | 'withdrawn';
      revision: number;
      updatedAt: number;
    };
  };
  /**
   * Publish a new entry; without an id it gets the next of its language, conflict if its id is taken
   */
  'POST /api/v1/entries': {
    body: {
      title: string;
      /**
       * @maxItems 100
       */
      questions: string[];
      body: string;
      sms: string;
      validFrom: string;
      validTo: string | null;
      id?: string;
      language: 'zh' | 'en';
      catalogue: string;
      department: string;
      note?: string;
    };
    response: {
      title: string;
      questions: string[];
      body: string;
      sms: string;
      validFrom: string;
      validTo: string | null;
      id: string;
      language: 'zh' | 'en';
      catalogue: string;
      department: string;
      action: string | null;
      state: 'draft' | 'published' | 'withdrawn';
      revision: number;
      updatedAt: number;
    };
  };
  /**
   * Withdraw an entry: nobody is answered with it any more; it keeps its wording and its revisions
   */
  'POST /api/v1/entries/:id/withdraw': {
    params: {
      id: string;
    };
    body: {
      revision: number;
      note?: string;
    };
    response: {
      title: string;
      questions: string[];
      body: string;
      sms: string;
      validFrom: string;
      validTo: string | null;
      id: string;
      language: 'zh' | 'en';
      catalogue: string;
      department: string;
      action: string | null;
      state: 'draft' | 'published' | 'withdrawn';
      revision: number;
      updatedAt: number;
    };
  };
  /**
   * Answer with a withdrawn entry again, as it was worded
   */
  'POST /api/v1/entries/:id/restore': {
    params: {
      id: string;
    };
    body: {
      revision: number;
      note?: string;
    };
    response: {
      title: string;
      questions: string[];
      body: string;
      sms: string;
      validFrom: string;
      validTo: string | null;
      id: string;
      language: 'zh' | 'en';
      catalogue: string;
      department: string;
      action: string | null;
      state: 'draft' | 'published' | 'withdrawn';
      revision: number;
      updatedAt: number;
    };
  };
  /**
   * Similar questions that a language model suggests for a draft; configured is false without a model
   */
  'POST /api/v1/entries/:id/suggested-questions': {
    params: {
      id: string;
    };
    body: {
      title: string;
      /**
       * @maxItems 100
       */
      questions: string[];
      body: string;
    };
    response: {
      configured: boolean;
      suggestions: {
        text: string;
        /**
         * it repeats a question that the entry has
         */
        known: boolean;
        /**
         * the entry that answers it today
         */
        other: {
          id: string;
          title: string;
        } | null;
      }[];
    };
  };
  /**
   * All groups of synonyms, oldest first
   */
  'GET /api/v1/synonyms': {
    response: {
      groups: {
        id: string;
        words: string[];
        revision: number;
        author: string | null;
        updatedAt: number;
      }[];
    };
  };
  /**
   * The entries that each word of a group finds now, best first
   */
  'GET /api/v1/synonyms/:id/found': {
    params: {
      id: string;
    };
    response: {
      words: {
        word: string;
        entries: {
          id: string;
          title: string;
        }[];
      }[];
    };
  };
  /**
   * Keep a new group of synonyms
   */
  'POST /api/v1/synonyms': {
    body: {
      /**
       * @minItems 2
       * @maxItems 20
       */
      words: string[];
    };
    response: {
      id: string;
      words: string[];
      revision: number;
      author: string | null;
      updatedAt: number;
    };
  };
  /**
   * Write a group anew, also one that was removed; version_changed if somebody did since `revision`
   */
  'PUT /api/v1/synonyms/:id': {
    params: {
      id: string;
    };
    body: {
      /**
       * @minItems 2
       * @maxItems 20
       */
      words: string[];
      revision: number;
    };
    response: {
      id: string;
      words: string[];
      revision: number;
      author: string | null;
      updatedAt: number;
    };
  };
  /**
   * Remove a group; writing it again with the revision in the answer brings it back
   */
  'DELETE /api/v1/synonyms/:id': {
    params: {
      id: string;
    };
    body: {
      revision: number;
    };
    response: {
      id: string;
      words: string[];
      revision: number;
      author: string | null;
      updatedAt: number;
    };
  };
  /**
   * Questions that the knowledge could not answer, newest first
   */
  'GET /api/v1/unanswered': {
    query: {
      after?: string;
      limit?: number;
    };
    response: {
      questions: {
        id: string;
        conversationId: string;
        text: string;
        language: string;
        score: number;
        nearestEntryId: string | null;
        createdAt: number;
      }[];
      next: string | null;
    };
  };
  /**
   * The policy in force, as text, and all versions, newest first
   */
  'GET /api/v1/policy': {
    response: {
      id: string;
      content: string;
      versions: {
        id: string;
        hash: string;
        createdAt: number;
        activatedAt: number | null;
      }[];
    };
  };
  /**
   * Put a policy in force; what began under the version before stays on it
   */
  'PUT /api/v1/policy': {
    body: {
      content: string;
    };
    response: {
      id: string;
      hash: string;
    };
  };
  /**
   * One’s own notices, and for who writes them those that they may change; the newest first
   */
  'GET /api/v1/notices': {
    response: {
      notices: {
        title: string;
        text: string;
        audience: {
          everyone: boolean;
          /**
           * @maxItems 200
           */
          teams: string[];
          /**
           * @maxItems 50
           */
          jobTypes: string[];
          /**
           * @maxItems 13
           */
          roles: (
            | 'agent'
            | 'shift_leader'
            | 'supervisor'
            | 'complaint_specialist'
            | 'callback_specialist'
            | 'quality_inspector'
            | 'knowledge_editor'
            | 'engineer'
            | 'department_head'
            | 'duty_manager'
            | 'analyst'
            | 'director'
            | 'admin'
          )[];
          /**
           * @maxItems 2000
           */
          persons: string[];
        };
        /**
         * @maxItems 10
         */
        files: {
          id: string;
          name: string;
        }[];
        mustRead: boolean;
        validUntil: number | null;
        id: string;
        version: number;
        authorName: string | null;
        changedAt: number;
        withdrawnAt: number | null;
        mine: {
          deliveredAt: number | null;
          openedAt: number | null;
          confirmedAt: number | null;
        } | null;
        counts: {
          audience: number;
          delivered: number;
          opened: number;
          confirmed: number;
        } | null;
        editable: boolean;
      }[];
    };
  };
  /**
   * Teams, job types and colleagues that the caller may write to
   */
  'GET /api/v1/notice-audience': {
    response: {
      teams: {
        id: string;
        name: string;
      }[];
      jobTypes: string[];
      persons: {
        id: string;
        name: string;
        number: string;
        teamName: string | null;
      }[];
    };
  };
  /**
   * How many colleagues an audience reaches today
   */
  'POST /api/v1/notice-audience': {
    body: {
      audience: {
        everyone?: boolean;
        /**
         * @maxItems 200
         */
        teams?: string[];
        /**
         * @maxItems 50
         */
        jobTypes?: string[];
        /**
         * @maxItems 13
         */
        roles?: (
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin'
        )[];
        /**
         * @maxItems 2000
         */
        persons?: string[];
      };
    };
    response: {
      count: number;
    };
  };
  /**
   * Publish a notice
   */
  'POST /api/v1/notices': {
    body: {
      title: string;
      text: string;
      audience: {
        everyone?: boolean;
        /**
         * @maxItems 200
         */
        teams?: string[];
        /**
         * @maxItems 50
         */
        jobTypes?: string[];
        /**
         * @maxItems 13
         */
        roles?: (
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin'
        )[];
        /**
         * @maxItems 2000
         */
        persons?: string[];
      };
      /**
       * @maxItems 10
       */
      files?: {
        id: string;
        name: string;
      }[];
      mustRead: boolean;
      validUntil: number | null;
    };
    response: {
      title: string;
      text: string;
      audience: {
        everyone: boolean;
        /**
         * @maxItems 200
         */
        teams: string[];
        /**
         * @maxItems 50
         */
        jobTypes: string[];
        /**
         * @maxItems 13
         */
        roles: (
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin'
        )[];
        /**
         * @maxItems 2000
         */
        persons: string[];
      };
      /**
       * @maxItems 10
       */
      files: {
        id: string;
        name: string;
      }[];
      mustRead: boolean;
      validUntil: number | null;
      id: string;
      version: number;
      authorName: string | null;
      changedAt: number;
      withdrawnAt: number | null;
      mine: {
        deliveredAt: number | null;
        openedAt: number | null;
        confirmedAt: number | null;
      } | null;
      counts: {
        audience: number;
        delivered: number;
        opened: number;
        confirmed: number;
      } | null;
      editable: boolean;
    };
  };
  /**
   * Correct a notice: everybody has to read it again; version_changed if it was corrected since
   */
  'PUT /api/v1/notices/:id': {
    params: {
      id: string;
    };
    body: {
      title: string;
      text: string;
      audience: {
        everyone?: boolean;
        /**
         * @maxItems 200
         */
        teams?: string[];
        /**
         * @maxItems 50
         */
        jobTypes?: string[];
        /**
         * @maxItems 13
         */
        roles?: (
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin'
        )[];
        /**
         * @maxItems 2000
         */
        persons?: string[];
      };
      /**
       * @maxItems 10
       */
      files?: {
        id: string;
        name: string;
      }[];
      mustRead: boolean;
      validUntil: number | null;
      version: number;
    };
    response: {
      title: string;
      text: string;
      audience: {
        everyone: boolean;
        /**
         * @maxItems 200
         */
        teams: string[];
        /**
         * @maxItems 50
         */
        jobTypes: string[];
        /**
         * @maxItems 13
         */
        roles: (
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin'
        )[];
        /**
         * @maxItems 2000
         */
        persons: string[];
      };
      /**
       * @maxItems 10
       */
      files: {
        id: string;
        name: string;
      }[];
      mustRead: boolean;
      validUntil: number | null;
      id: string;
      version: number;
      authorName: string | null;
      changedAt: number;
      withdrawnAt: number | null;
      mine: {
        deliveredAt: number | null;
        openedAt: number | null;
        confirmedAt: number | null;
      } | null;
      counts: {
        audience: number;
        delivered: number;
        opened: number;
        confirmed: number;
      } | null;
      editable: boolean;
    };
  };
  /**
   * Withdraw a notice
   */
  'POST /api/v1/notices/:id/withdraw': {
    params: {
      id: string;
    };
    response: {
      title: string;
      text: string;
      audience: {
        everyone: boolean;
        /**
         * @maxItems 200
         */
        teams: string[];
        /**
         * @maxItems 50
         */
        jobTypes: string[];
        /**
         * @maxItems 13
         */
        roles: (
          | 'agent'
          | 'shift_leader'
          | 'supervisor'
          | 'complaint_specialist'
          | 'callback_specialist'
          | 'quality_inspector'
          | 'knowledge_editor'
          | 'engineer'
          | 'department_head'
          | 'duty_manager'
          | 'analyst'
          | 'director'
          | 'admin'
        )[];
        /**
         * @maxItems 2000
         */
        persons: string[];
      };
      /**
       * @maxItems 10
       */
      files: {
        id: string;
        name: string;
      }[];
      mustRead: boolean;
      validUntil: number | null;
      id: string;
      version: number;
      authorName: string | null;
      changedAt: number;
      withdrawnAt: number | null;
      mine: {
        deliveredAt: number | null;
        openedAt: number | null;
        confirmedAt: number | null;
      } | null;
      counts: {
        audience: number;
        delivered: number;
        opened: number;
        confirmed: number;
      } | null;
      editable: boolean;
    };
  };
  /**
   * Note that one has opened this version
   */
  'POST /api/v1/notices/:id/open': {
    params: {
      id: string;
    };
    body: {
      version: number;
    };
    response: {
      ok: boolean;
    };
  };
  /**
   * Note that one has read and understood this version
   */
  'POST /api/v1/notices/:id/confirm': {
    params: {
      id: string;
    };
    body: {
      version: number;
    };
    response: {
      ok: boolean;
    };
  };
  /**
   * Who has it, has opened it, has confirmed it; a leader sees their own team
   */
  'GET /api/v1/notices/:id/receipts': {
    params: {
      id: string;
    };
    response: {
      readers: {
        personId: string;
        name: string;
        number: string;
        teamId: string | null;
        teamName: string | null;
        deliveredAt: number | null;
        openedAt: number | null;
        confirmedAt: number | null;
        remindedAt: number | null;
      }[];
    };
  };
  /**
   * Remind whoever has not read it, of one team or of all; nobody twice within ten minutes
   */
  'POST /api/v1/notices/:id/remind': {
    params: {
      id: string;
    };
    body: {
      teamId: string | null;
    };
    response: {
      reminded: number;
    };
  };
  /**
   * Send a picture or PDF, at most 10 MB, as the request body
   */
  'POST /api/v1/files': {
    query: {
      name: string;
      retention?: 'standard' | 'certificate' | 'notice';
    };
    body: unknown;
    response: unknown;
  };
  /**
   * Fetch a file
   */
  'GET /api/v1/files/:id': {
    params: {
      id: string;
    };
    response: unknown;
  };
  /**
   * The roster of some days, both included: who has which shift, and what was swapped or is on leave
   */
  'GET /api/v1/roster': {
    query: {
      from: string;
      to: string;
      team?: string;
    };
    response: {
      today: string;
      days: {
        date: string;
        kind: 'holiday' | 'makeUpWorkday' | 'weekend' | 'workday' | 'unknown';
        holiday: string | null;
      }[];
      teams: {
        id: string;
        name: string;
      }[];
      shifts: {
        id: string;
        name: string;
        title: string;
        from: string;
        hours: number;
        night: boolean;
      }[];
      rotations: {
        id: string;
        name: string;
        days: number;
      }[];
      people: {
        id: string;
        number: string;
        name: string;
        teamId: string | null;
        version: number;
        mayEdit: boolean;
      }[];
      entries: {
        shiftId: string;
        personId: string;
        date: string;
        name: string;
        title: string;
        night: boolean;
        from: number;
        to: number;
        whole: boolean;
        state: 'planned' | 'taken' | 'away';
        own: boolean;
        cause: string | null;
        other: string | null;
      }[];
      through: string | null;
    };
  };
  /**
   * Who is on duty at an instant (epoch milliseconds), by default now
   */
  'GET /api/v1/roster/on-duty': {
    query: {
      at?: number;
    };
    response: {
      at: number;
      people: {
        personId: string;
        number: string;
        name: string;
        role: string;
        team: {
          id: string;
          name: string;
        } | null;
        shift: string;
        until: number;
      }[];
    };
  };
  /**
   * One’s own shifts of some days, both included
   */
  'GET /api/v1/roster/mine': {
    query: {
      from: string;
      to: string;
    };
    response: {
      today: string;
      days: {
        date: string;
        kind: 'holiday' | 'makeUpWorkday' | 'weekend' | 'workday' | 'unknown';
        holiday: string | null;
      }[];
      shifts: {
        id: string;
        name: string;
        title: string;
        from: string;
        hours: number;
        night: boolean;
      }[];
      entries: {
        shiftId: string;
        personId: string;
        date: string;
        name: string;
        title: string;
        night: boolean;
        from: number;
        to: number;
        whole: boolean;
        state: 'planned' | 'taken' | 'away';
        own: boolean;
        cause: string | null;
        other: string | null;
      }[];
    };
  };
  /**
   * Assign, clear, change or move shifts, cell by cell; all or nothing
   */
  'POST /api/v1/roster/edits': {
    body: {
      /**
       * @minItems 1
       * @maxItems 20000
       */
      cells: {
        personId: string;
        date: string;
        /**
         * @maxItems 4
         */
        shifts: string[];
      }[];
      seen: {
        [k: string]: number;
      };
      confirmed?: boolean;
    };
    response: {
      saved: boolean;
      editId: string | null;
      planned: number;
      cancelled: number;
      problems: {
        code: string;
        text: string;
        personId?: string;
        date?: string;
      }[];
      warnings: {
        code: string;
        text: string;
        personId?: string;
        date?: string;
      }[];
    };
  };
  /**
   * Plan people from a rotation for some days; with `dry` only what that would change
   */
  'POST /api/v1/roster/rotations': {
    body: {
      rotation: string;
      from: string;
      to: string;
      /**
       * @minItems 1
       * @maxItems 500
       */
      people: {
        personId: string;
        place: number;
      }[];
      confirmed?: boolean;
      dry?: boolean;
    };
    response: {
      saved: boolean;
      editId: string | null;
      planned: number;
      cancelled: number;
      problems: {
        code: string;
        text: string;
        personId?: string;
        date?: string;
      }[];
      warnings: {
        code: string;
        text: string;
        personId?: string;
        date?: string;
      }[];
    };
  };
  /**
   * Take a change back; gone if that was done already, conflict if something was built upon it
   */
  'POST /api/v1/roster/edits/:id/undo': {
    params: {
      id: string;
    };
    response: {
      editId: string;
    };
  };
  /**
   * Preview an XLSX or CSV roster, in the request body; with `apply` make the plan so, all or nothing
   */
  'POST /api/v1/roster/import': {
    query: {
      apply?: 'true' | 'false';
      confirmed?: 'true' | 'false';
      seen?: string;
    };
    body: unknown;
    response: unknown;
  };
  /**
   * The plan of some days as a file that can be imported again
   */
  'GET /api/v1/roster/export': {
    query: {
      from: string;
      to: string;
      team?: string;
      format?: 'xlsx' | 'csv';
      layout?: 'grid' | 'list';
    };
    response: unknown;
  };
  /**
   * How many people each hour needs, by Erlang C from the volume of past weeks, and how many it has
   */
  'GET /api/v1/roster/headcount': {
    query: {
      from: string;
      to: string;
    };
    response: {
      hours: {
        date: string;
        hour: number;
        contacts: number;
        required: number;
        rostered: number;
      }[];
      weeks: number;
      handleSeconds: number;
      measured: boolean;
      serviceLevel: number;
      withinSeconds: number;
    };
  };
  /**
   * Whether I have a calendar address, and since when
   */
  'GET /api/v1/roster/calendar': {
    response: {
      since: number | null;
    };
  };
  /**
   * A new secret calendar address; it is shown once, and the one before stops working
   */
  'POST /api/v1/roster/calendar': {
    response: {
      path: string;
    };
  };
  /**
   * Close my calendar address
   */
  'DELETE /api/v1/roster/calendar': {
    response: {
      since: null;
    };
  };
  /**
   * A colleague’s shifts as iCalendar, for whoever knows the address
   */
  'GET /api/v1/roster/calendar/:file': {
    params: {
      file: string;
    };
    response: unknown;
  };
  /**
   * Handovers of one’s team (managers: of all), the newest first; `q` looks in all that was written
   */
  'GET /api/v1/handovers': {
    query: {
      q?: string;
      cursor?: string;
      limit?: number;
    };
    response: {
      handovers: {
        id: string;
        team: string;
        changeAt: number;
        fromShift: string;
        toShift: string;
        state: 'open' | 'completed' | 'accepted' | 'decided';
        outgoing: string[];
        incoming: string[];
        items: number;
      }[];
      next: string | null;
    };
  };
  /**
   * The handover that concerns me now, or else the team’s last one, with the team’s open problems
   */
  'GET /api/v1/handovers/current': {
    response: {
      handover: {
        id: string;
        team: string;
        changeAt: number;
        fromShift: string;
        toShift: string;
        state: 'open' | 'completed' | 'accepted' | 'decided';
        outgoing: string[];
        incoming: string[];
        items: number;
        sections: {
          [k: string]: string;
        };
        missing: (
          'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
        )[];
        facts: {
          at: number;
          ticketsOpen: number;
          ticketsOverdue: number;
          overdue: string[];
          queue: number;
          callbacks: number;
          knowledgeAdded: string[];
          knowledgeRemoved: string[];
          changes: {
            cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
            off: string;
            on: string | null;
          }[];
          incidents?: string[];
          unread: {
            person: string;
            titles: string[];
          }[];
        };
        list: {
          id: string;
          no: number;
          text: string;
          author: string;
          createdAt: number;
          closedAt: number | null;
          closedBy: string | null;
          closeNote: string | null;
        }[];
        comes: {
          id: string;
          name: string;
          acceptedAt: number | null;
          readBack: number;
          decided: boolean;
        }[];
        questions: {
          no: number;
          asker: string;
          text: string;
          askedAt: number;
          answer: string | null;
          answerer: string | null;
        }[];
        decisions: {
          kind: 'stand_in' | 'release';
          by: string;
          missing: string | null;
          standIn: string | null;
          note: string;
          at: number;
        }[];
        completedBy: string | null;
        completedAt: number | null;
        closedAt: number | null;
        seal: 'none' | 'intact' | 'changed';
        mine: {
          goes: boolean;
          comes: boolean;
          accepted: boolean;
          leads: boolean;
          left: string[];
        };
      } | null;
      items: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      openMinutes: number;
    };
  };
  /**
   * A handover, whole, and whether its seal holds
   */
  'GET /api/v1/handovers/:id': {
    params: {
      id: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * The handover is written: who comes is asked to take over. `nothingElse` is put where something must be written
   */
  'POST /api/v1/handovers/:id/complete': {
    params: {
      id: string;
    };
    body: {
      nothingElse?: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Take over
   */
  'POST /api/v1/handovers/:id/accept': {
    params: {
      id: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Read back an open problem
   */
  'POST /api/v1/handovers/:id/read-back': {
    params: {
      id: string;
    };
    body: {
      itemId: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Decide for who is missing: a stand-in by number, or null for a release; missingId null: nobody comes
   */
  'POST /api/v1/handovers/:id/decide': {
    params: {
      id: string;
    };
    body: {
      missingId: string | null;
      standIn: string | null;
      note: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Write a section; version_changed if a colleague has written there since `was`
   */
  'PUT /api/v1/handovers/:id/sections': {
    params: {
      id: string;
    };
    body: {
      section: 'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process';
      text: string;
      was: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Ask those who go
   */
  'POST /api/v1/handovers/:id/questions': {
    params: {
      id: string;
    };
    body: {
      text: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Answer a question
   */
  'POST /api/v1/handover-questions/:no/answer': {
    params: {
      no: number;
    };
    body: {
      answer: string;
    };
    response: {
      id: string;
      team: string;
      changeAt: number;
      fromShift: string;
      toShift: string;
      state: 'open' | 'completed' | 'accepted' | 'decided';
      outgoing: string[];
      incoming: string[];
      items: number;
      sections: {
        [k: string]: string;
      };
      missing: (
        'equipment' | 'difficult' | 'staff' | 'business' | 'instructions' | 'customers' | 'process'
      )[];
      facts: {
        at: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        queue: number;
        callbacks: number;
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
        incidents?: string[];
        unread: {
          person: string;
          titles: string[];
        }[];
      };
      list: {
        id: string;
        no: number;
        text: string;
        author: string;
        createdAt: number;
        closedAt: number | null;
        closedBy: string | null;
        closeNote: string | null;
      }[];
      comes: {
        id: string;
        name: string;
        acceptedAt: number | null;
        readBack: number;
        decided: boolean;
      }[];
      questions: {
        no: number;
        asker: string;
        text: string;
        askedAt: number;
        answer: string | null;
        answerer: string | null;
      }[];
      decisions: {
        kind: 'stand_in' | 'release';
        by: string;
        missing: string | null;
        standIn: string | null;
        note: string;
        at: number;
      }[];
      completedBy: string | null;
      completedAt: number | null;
      closedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
      mine: {
        goes: boolean;
        comes: boolean;
        accepted: boolean;
        leads: boolean;
        left: string[];
      };
    };
  };
  /**
   * Note an open problem for one’s team
   */
  'POST /api/v1/handover-items': {
    body: {
      text: string;
    };
    response: {
      id: string;
      no: number;
      text: string;
      author: string;
      createdAt: number;
      closedAt: number | null;
      closedBy: string | null;
      closeNote: string | null;
    };
  };
  /**
   * Close an open problem of one’s team, with a word on how it was solved
   */
  'POST /api/v1/handover-items/:no/close': {
    params: {
      no: number;
    };
    body: {
      note: string;
    };
    response: {
      id: string;
      no: number;
      text: string;
      author: string;
      createdAt: number;
      closedAt: number | null;
      closedBy: string | null;
      closeNote: string | null;
    };
  };
  /**
   * Duty logs of these days, a month at most: one’s team’s, or for managers the centre’s
   */
  'GET /api/v1/duty-logs': {
    query: {
      from: string;
      to: string;
    };
    response: {
      logs: {
        id: string;
        teamId: string;
        team: string;
        date: string;
        state: 'open' | 'signed';
        sections: {
          [k: string]: string;
        };
        figures: {
          at: number;
          contacts: number;
          queued: number;
          answered: number;
          queue: number;
          ticketsOpened: number;
          ticketsClosed: number;
          ticketsOpen: number;
          ticketsOverdue: number;
          overdue: string[];
          incidents: string[];
          leave: string[];
          absences: string[];
          notices: string[];
          knowledgeAdded: string[];
          knowledgeRemoved: string[];
          changes: {
            cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
            off: string;
            on: string | null;
          }[];
        };
        signedBy: string | null;
        signedAt: number | null;
        seal: 'none' | 'intact' | 'changed';
      }[];
    };
  };
  /**
   * Adds to the sections of a day’s log and, with `sign`, signs it; `teamId`: one’s own unless said
   */
  'POST /api/v1/duty-logs': {
    body: {
      date: string;
      teamId?: string;
      sections?: {
        [k: string]: string;
      };
      sign?: boolean;
    };
    response: {
      id: string;
      teamId: string;
      team: string;
      date: string;
      state: 'open' | 'signed';
      sections: {
        [k: string]: string;
      };
      figures: {
        at: number;
        contacts: number;
        queued: number;
        answered: number;
        queue: number;
        ticketsOpened: number;
        ticketsClosed: number;
        ticketsOpen: number;
        ticketsOverdue: number;
        overdue: string[];
        incidents: string[];
        leave: string[];
        absences: string[];
        notices: string[];
        knowledgeAdded: string[];
        knowledgeRemoved: string[];
        changes: {
          cause: 'leave' | 'swap' | 'give' | 'loan' | 'stand_in';
          off: string;
          on: string | null;
        }[];
      };
      signedBy: string | null;
      signedAt: number | null;
      seal: 'none' | 'intact' | 'changed';
    };
  };
  /**
   * The swaps of a month, by the shift’s business date: a leader’s own team, managers the centre
   */
  'GET /api/v1/swaps/export': {
    query: {
      month: string;
      format?: 'xlsx' | 'csv';
      language?: 'zh-CN' | 'en';
    };
    response: unknown;
  };
  /**
   * A month’s attendance: one’s own, a leader’s own team, managers the centre
   */
  'GET /api/v1/attendance/export': {
    query: {
      month: string;
      format?: 'xlsx' | 'csv';
      language?: 'zh-CN' | 'en';
    };
    response: unknown;
  };
}

package target

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// remove deletes a server and waits until it is gone. What does not exist is
// gone already. A lock is opened, a running task is waited out.
func (d desk) remove(ctx context.Context, id, via string) error {
	p := d.e.cfg.Patience
	deadline := time.Now().Add(p.ServerGone)
	ctx = with(ctx, func(c *call) { c.poll = &poll{} })
	asked := false
	var last error
	var deleted time.Time // since when it is shown as deleted
	for pause := p.FirstPoll; ; pause = min(pause*3/2, p.LongestPoll) {
		if !asked {
			asked, last = d.askToRemove(ctx, id, via)
			if ClassOf(last) != "" {
				return last
			}
		}
		s, temporary, err := d.look(ctx, id)
		switch {
		case err != nil && !temporary:
			return errors.Join(last, err)
		case err != nil:
			last = err
		case s.Gone:
			return nil
		case s.Deleted() && s.TaskState == "":
			if deleted.IsZero() {
				deleted = time.Now()
			}
			if time.Since(deleted) >= p.Rests {
				return nil
			}
		case s.Settled() && asked && s.Status == "ERROR":
			asked = false // an error may need a second request
		}
		if time.Now().After(deadline) {
			if last == nil {
				last = fmt.Errorf("it is still there (%s) after %s", s, p.ServerGone)
			}
			return fmt.Errorf("remove server %s: %w", id, last)
		}
		if err := sleep(ctx, pause); err != nil {
			return fmt.Errorf("remove server %s: %w", id, err)
		}
	}
}

// askToRemove sends one request to delete. It reports whether it was taken.
func (d desk) askToRemove(ctx context.Context, id, via string) (taken bool, err error) {
	var a *answer
	if via == "ecs" && d.e.cfg.APIs["ecs"] != "" {
		a, err = d.e.ask(ctx, "ecs", d.s, http.MethodPost, "/v1/"+url.PathEscape(d.e.project.ID)+"/cloudservers/delete",
			map[string]any{"servers": []any{map[string]any{"id": id}}, "delete_publicip": true, "delete_volume": true})
	} else {
		a, err = d.e.ask(ctx, "nova", d.s, http.MethodDelete, d.serverPath(id), nil)
	}
	switch {
	case err != nil:
		return false, err
	case a.ok(), a.status == http.StatusNotFound:
		return true, nil
	}
	refused := fmt.Errorf("deleting is refused: %s", d.e.refusal(a))
	if a.status == http.StatusConflict || a.status == http.StatusBadRequest {
		// Perhaps a check left it locked. Unlocking what is not locked does no harm (ecs 6.3.5).
		if _, err := d.e.ask(ctx, "nova", d.s, http.MethodPost, d.serverPath(id)+"/action", map[string]any{"unlock": nil}); err != nil {
			return false, errors.Join(refused, err)
		}
	}
	return false, refused
}

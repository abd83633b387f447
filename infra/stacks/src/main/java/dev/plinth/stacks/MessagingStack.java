package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.List;
import software.constructs.Construct;

/** What services send to each other, and to people. */
final class MessagingStack extends StageStack {
    private final WorkQueue identityEvents;
    private final WorkQueue todosEvents;
    private final MailSender mail;

    MessagingStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.MESSAGING, "Plinth: queues and mail", stage, settings);
        this.identityEvents =
                new WorkQueue(this, "IdentityEvents", new WorkQueue.Props(Service.IDENTITY_WORKER, stage));
        this.todosEvents = new WorkQueue(this, "TodosEvents", new WorkQueue.Props(Service.TODOS_WORKER, stage));
        this.mail = new MailSender(this, "Mail", stage.mail().sender());
        publish(Setting.IDENTITY_EVENTS_QUEUE_URL, identityEvents.url());
        publish(Setting.TODOS_EVENTS_QUEUE_URL, todosEvents.url());
        publish(Setting.MAIL_SENDER, mail.address());
    }

    WorkQueue identityEvents() {
        return identityEvents;
    }

    WorkQueue todosEvents() {
        return todosEvents;
    }

    List<WorkQueue> queues() {
        return List.of(identityEvents, todosEvents);
    }

    MailSender mail() {
        return mail;
    }
}
